import {
  noProgress,
  type Caller,
  type Job,
  type JobDetails,
  type JobList,
  type JobSummary,
} from '#shared/domain/job';
import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { DAY } from '#shared/units';
import type { Clock } from '../../platform/clock.ts';
import type { Fs } from '../../platform/fs.ts';
import { diskError } from '../../storage/disk-error.ts';
import { createJobArchive } from './job-archive.ts';
import type { AnyJobKind, JobKind } from './job-kind.ts';
import { createJobLog, type JobLog } from './job-log.ts';
import { doPartitionsMeet } from './job-partitions.ts';
import { closedError, endingLine, idOf, withoutReport, type EndedJob } from './job-record.ts';
import { rejectedBy, wait } from './wait.ts';

export interface JobQueueParts {
  readonly fs: Fs;
  readonly clock: Clock;
  /** A reader shows the history, and runs only what writes nothing else in the store. */
  readonly access: 'owner' | 'reader';
  /** False where nothing at all may be written: what runs there is forgotten when the store is closed. */
  readonly keepsHistory: boolean;
  /** Four characters that tell jobs of one second apart. */
  readonly drawSuffix: () => string;
  readonly settings?: Partial<JobQueueSettings>;
}

export interface JobQueueSettings {
  readonly atOnce: number;
  /** How long to wait before each further attempt. */
  readonly retryDelaysMs: readonly number[];
  readonly keptJobs: number;
  readonly keptMs: number;
  readonly eventIntervalMs: number;
}

const defaultSettings: JobQueueSettings = {
  atOnce: 2,
  retryDelaysMs: [1_000, 5_000, 20_000],
  keptJobs: 500,
  keptMs: 90 * DAY,
  eventIntervalMs: 200,
};

export interface StartOptions {
  readonly requestedBy: Caller;
  /** `refuse`: throws `busy` rather than wait for another job. */
  readonly whenBusy?: 'queue' | 'refuse';
  readonly resumes?: string;
}

/** Runs long operations, a few at once and never two on the same partition, and remembers what became of each. */
export interface JobQueue {
  /** Makes a kind known, so that jobs of it that were cut short can be run again. */
  readonly register: (kind: AnyJobKind) => void;
  /** Plans the request and queues it. Throws what is wrong with the request, before there is a job. */
  readonly start: <Request, Plan, Report>(
    kind: JobKind<Request, Plan, Report>,
    request: Request,
    options: StartOptions,
  ) => Promise<JobSummary>;
  /** The same, to its end: answers the report, or throws why there is none. Aborting cancels the job. */
  readonly run: <Request, Plan, Report>(
    kind: JobKind<Request, Plan, Report>,
    request: Request,
    options: StartOptions,
    signal?: AbortSignal,
  ) => Promise<Report>;
  readonly list: () => Promise<JobList>;
  readonly show: (id: string) => Promise<JobDetails>;
  /** Answers when it was told; a running job ends within a second of it. One that has ended stays as it is. */
  readonly cancel: (id: string) => Promise<JobSummary>;
  /** Runs the request of a job that was cut short again, as a job of its own. */
  readonly resume: (id: string, requestedBy: Caller) => Promise<JobSummary>;
  /** Answers when the job has ended. */
  readonly wait: (id: string, signal?: AbortSignal) => Promise<Job>;
  /** Called at most five times a second, with what has changed. */
  readonly onChange: (listener: (jobs: readonly JobSummary[]) => void) => void;
  /** Stops everything: what runs becomes `interrupted`, and can be run again where its kind allows. */
  readonly close: () => Promise<void>;
}

interface LiveJob {
  job: Job;
  readonly kind: AnyJobKind;
  readonly plan: unknown;
  readonly request: unknown;
  readonly log: JobLog;
  readonly controller: AbortController;
  readonly ended: Promise<Job>;
  readonly settle: (job: Job) => void;
}

const retriedCodes = new Set<ErrorCode>(['disk-failed', 'busy']);

/** The queue of one store, with the history that its `_jobs` folder holds. */
export function createJobQueue(parts: JobQueueParts): JobQueue {
  const { fs, clock, access, drawSuffix } = parts;
  const settings = { ...defaultSettings, ...parts.settings };
  const archive = createJobArchive({
    ...{ fs, clock, isOwner: access === 'owner', isKept: parts.keepsHistory },
    ...{ keptJobs: settings.keptJobs, keptMs: settings.keptMs },
  });
  const { ended, loaded } = archive;
  const kinds = new Map<string, AnyJobKind>();
  const live = new Map<string, LiveJob>();
  const listeners = new Set<(jobs: readonly JobSummary[]) => void>();
  const changed = new Set<string>();
  const underWay = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isClosing = false;

  function announce(id: string): void {
    changed.add(id);
    timer ??= setTimeout(tell, settings.eventIntervalMs);
  }

  function tell(): void {
    clearTimeout(timer);
    timer = undefined;
    const jobs = [...changed].flatMap((id) => summaryOf(id) ?? []);
    changed.clear();
    if (jobs.length > 0) for (const listener of listeners) listener(jobs);
  }

  function summaryOf(id: string): JobSummary | undefined {
    const running = live.get(id);
    if (running !== undefined) return withoutReport(running.job);
    const past = ended.get(id);
    return past === undefined ? undefined : { ...past.summary, canResume: canResume(past) };
  }

  function canResume({ summary, request }: EndedJob): boolean {
    return (
      access === 'owner' &&
      summary.state !== 'done' &&
      summary.resumedBy === null &&
      request !== null &&
      kinds.get(summary.kind)?.resume?.safeParse(request).success === true
    );
  }

  function change(entry: LiveJob, changes: Partial<Job>): void {
    entry.job = { ...entry.job, ...changes };
    announce(entry.job.id);
  }

  function save({ job, request, log }: LiveJob): Promise<boolean> {
    return archive.save(job, request, log);
  }

  /** Begins what may begin: in order, and nothing before an earlier job on the same partition. */
  function pump(): void {
    const ahead: LiveJob[] = [];
    for (const entry of live.values()) {
      if (entry.job.state === 'queued') {
        const rival = ahead.find(({ job }) => doPartitionsMeet(job.partitions, entry.job.partitions));
        const waitsFor = rival?.job.id ?? null;
        if (rival === undefined && runningCount() < settings.atOnce && !isClosing) begin(entry);
        else if (entry.job.waitsFor !== waitsFor) change(entry, { waitsFor });
      }
      ahead.push(entry);
    }
  }

  function runningCount(): number {
    return [...live.values()].filter(({ job }) => job.state === 'running').length;
  }

  function begin(entry: LiveJob): void {
    change(entry, { state: 'running', startedMs: clock(), waitsFor: null });
    const work = execute(entry).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function execute(entry: LiveJob): Promise<void> {
    const { kind, plan, log, controller } = entry;
    log.add('Started.');
    await save(entry);
    for (;;) {
      try {
        controller.signal.throwIfAborted();
        const report: unknown = await kind.run(plan, contextOf(entry));
        const finding = kind.findingOf?.(report) ?? null;
        await finish(entry, { state: 'done', report, error: null, ...(finding === null ? {} : { finding }) });
        return;
      } catch (thrown) {
        const error = diskError(thrown);
        if (controller.signal.aborted) {
          const state = isClosing ? 'interrupted' : 'cancelled';
          await finish(entry, { state, error: isClosing ? closedError : null });
          return;
        }
        const delayMs = settings.retryDelaysMs[entry.job.attempt - 1];
        const mayHelp = kind.canRetry?.(error) ?? retriedCodes.has(error.code);
        if (delayMs === undefined || !mayHelp) {
          await finish(entry, { state: 'failed', error: { code: error.code, message: error.message } });
          return;
        }
        log.add(
          `Attempt ${entry.job.attempt} failed: ${error.message}. The next one is in ${delayMs / 1000} s.`,
        );
        const doing = `Trying again: ${error.message}`;
        change(entry, { attempt: entry.job.attempt + 1, progress: { ...entry.job.progress, doing } });
        await save(entry);
        await wait(delayMs, controller.signal);
      }
    }
  }

  function contextOf(entry: LiveJob) {
    return {
      jobId: entry.job.id,
      signal: entry.controller.signal,
      progress: (changes: Partial<Job['progress']>) =>
        change(entry, { progress: { ...entry.job.progress, ...changes } }),
      log: entry.log.add,
      reportSoFar: (report: unknown) => void (entry.job = { ...entry.job, report }),
    };
  }

  async function finish(
    entry: LiveJob,
    outcome: Pick<Job, 'state' | 'error' | 'finding'> & { readonly report?: unknown },
  ): Promise<void> {
    const { log, request } = entry;
    log.add(endingLine(outcome));
    const progress = { ...entry.job.progress, doing: null };
    const job: Job = {
      ...entry.job,
      ...outcome,
      endedMs: clock(),
      isCancelling: false,
      waitsFor: null,
      progress,
    };
    // Readers see it running until its end is kept: nothing may be told that a crash could take back.
    const isSaved = await save({ ...entry, job });
    await log.close();
    const kept: Job = { ...job, canResume: false };
    const unsaved = isSaved ? null : { job: kept, log: log.lines() };
    live.delete(job.id);
    const pruned = archive.end(job.id, { summary: withoutReport(kept), request, unsaved });
    announce(job.id);
    entry.settle({ ...kept, canResume: summaryOf(job.id)?.canResume ?? false });
    pump();
    await pruned;
  }

  async function start<Request, Plan, Report>(
    kind: JobKind<Request, Plan, Report>,
    request: Request,
    { requestedBy, whenBusy = 'queue', resumes }: StartOptions,
  ): Promise<JobSummary> {
    await loaded;
    const plan = await kind.plan(request);
    if (access === 'reader' && kind.readsOnly?.(plan) !== true)
      throw new WorkbenchError('store-read-only', 'The store is open for reading only');
    if (isClosing) throw new WorkbenchError('cancelled', 'The store was closed');
    kinds.set(kind.kind, kind);
    const partitions = kind.partitionsOf(plan);
    const rival = [...live.values()].find(({ job }) => doPartitionsMeet(job.partitions, partitions));
    if (rival !== undefined && whenBusy === 'refuse') {
      throw new WorkbenchError('busy', `"${rival.job.title}" is at work on the same partition`);
    }
    const createdMs = clock();
    const id = idOf(kind.kind, createdMs, drawSuffix());
    let settle: (job: Job) => void = () => undefined;
    const entry: LiveJob = {
      job: {
        ...{ id, kind: kind.kind, title: kind.title(plan), state: 'queued', requestedBy, createdMs },
        ...{ startedMs: null, endedMs: null, partitions, waitsFor: rival?.job.id ?? null },
        ...{ progress: noProgress, attempt: 1, isCancelling: false, error: null },
        ...{ canResume: false, resumedBy: null, report: null },
      },
      kind,
      plan,
      request: kind.resume === undefined ? null : request,
      log: createJobLog(parts.keepsHistory ? fs : null, clock, id),
      controller: new AbortController(),
      ended: new Promise((resolve) => (settle = resolve)),
      settle: (job) => settle(job),
    };
    live.set(id, entry);
    if (resumes !== undefined) entry.log.add(`Runs the request of ${resumes} again.`);
    if (rival !== undefined) entry.log.add(`Waits for "${rival.job.title}" (${rival.job.id}).`);
    announce(id);
    await save(entry);
    pump();
    return withoutReport(entry.job);
  }

  async function waitFor(id: string, signal?: AbortSignal): Promise<Job> {
    await loaded;
    const running = live.get(id);
    if (running === undefined) return (await show(id)).job;
    return signal === undefined ? running.ended : Promise.race([running.ended, rejectedBy(signal)]);
  }

  async function show(id: string): Promise<JobDetails> {
    await loaded;
    const running = live.get(id);
    if (running !== undefined) return { job: running.job, log: running.log.lines() };
    const past = ended.get(id);
    if (past === undefined) throw archive.missing(id);
    const { job, log } = await archive.read(past);
    return { job: { ...job, canResume: past.unsaved === null && canResume(past) }, log };
  }

  async function cancel(id: string): Promise<JobSummary> {
    await loaded;
    const entry = live.get(id);
    if (entry === undefined) return withoutReport((await show(id)).job);
    if (entry.job.state === 'queued') {
      // Its state is no longer `queued` before anything is awaited, so that it cannot begin meanwhile.
      change(entry, { state: 'cancelled' });
      await finish(entry, { state: 'cancelled', error: null });
      return withoutReport((await show(id)).job);
    }
    if (!entry.controller.signal.aborted) {
      entry.log.add('Told to stop.');
      change(entry, { isCancelling: true });
      entry.controller.abort(new WorkbenchError('cancelled', 'The job was cancelled'));
    }
    return withoutReport(entry.job);
  }

  return {
    register: (kind) => void kinds.set(kind.kind, kind),
    start,
    async run<Request, Plan, Report>(
      kind: JobKind<Request, Plan, Report>,
      request: Request,
      options: StartOptions,
      signal?: AbortSignal,
    ) {
      const { id } = await start(kind, request, options);
      const stop = () => void cancel(id).catch(() => undefined);
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop, { once: true });
      const job = await waitFor(id);
      signal?.removeEventListener('abort', stop);
      if (job.state === 'done') return job.report as Report;
      throw new WorkbenchError(
        job.error?.code ?? 'cancelled',
        job.error?.message ?? `"${job.title}" was cancelled`,
      );
    },
    async list() {
      await loaded;
      const ids = [...ended.keys(), ...live.keys()].reverse();
      return { jobs: ids.flatMap((id) => summaryOf(id) ?? []), unreadable: archive.unreadable };
    },
    show,
    cancel,
    async resume(id, requestedBy) {
      await loaded;
      const past = ended.get(id);
      if (past === undefined || !canResume(past)) {
        throw new WorkbenchError('argument-invalid', `id: ${id} is no job that can be run again`);
      }
      const kind = kinds.get(past.summary.kind);
      const request: unknown = kind?.resume?.parse(past.request);
      if (kind === undefined) throw new Error(`There is no kind ${past.summary.kind}`);
      const resumed = await start(kind, request, { requestedBy, resumes: id });
      await archive.noteResumed(id, resumed.id);
      announce(id);
      return resumed;
    },
    wait: waitFor,
    onChange: (listener) => void listeners.add(listener),
    async close() {
      isClosing = true;
      await loaded.catch(() => undefined);
      for (const entry of [...live.values()]) {
        if (entry.job.state === 'queued') {
          change(entry, { state: 'interrupted' });
          await finish(entry, { state: 'interrupted', error: closedError });
        } else entry.controller.abort(new WorkbenchError('cancelled', 'The store was closed'));
      }
      await Promise.allSettled(underWay);
      tell();
    },
  };
}
