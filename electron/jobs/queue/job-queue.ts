import type { Caller, Job, JobDetails, JobList, JobSummary } from '#shared/domain/job';
import { WorkbenchError } from '#shared/errors';
import { DAY } from '#shared/units';
import type { Clock } from '../../platform/clock.ts';
import type { Fs } from '../../platform/fs.ts';
import { createJobArchive, type JobArchive } from './job-archive.ts';
import type { AnyJobKind, JobKind } from './job-kind.ts';
import { JobLine } from './job-line.ts';
import { createJobLog } from './job-log.ts';
import { createJobNews, type JobNews } from './job-news.ts';
import { idOf, withoutReport, type EndedJob } from './job-record.ts';
import { createLiveJob } from './live-job.ts';
import { rejectedBy } from './wait.ts';

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

/**
 * The queue of one store, with the history that its `_jobs` folder holds. Runs long operations, a few at once and never
 * two on the same partition, and remembers what became of each.
 */
export class JobQueue {
  readonly #parts: JobQueueParts;
  readonly #archive: JobArchive;
  readonly #line: JobLine;
  readonly #news: JobNews;
  readonly #kinds = new Map<string, AnyJobKind>();

  constructor(parts: JobQueueParts) {
    const { fs, clock, access } = parts;
    const { atOnce, retryDelaysMs, keptJobs, keptMs, eventIntervalMs } = {
      ...defaultSettings,
      ...parts.settings,
    };
    this.#parts = parts;
    this.#archive = createJobArchive({
      ...{ fs, clock, isOwner: access === 'owner', isKept: parts.keepsHistory, keptJobs, keptMs },
    });
    this.#news = createJobNews(eventIntervalMs, (id) => this.#summaryOf(id));
    this.#line = new JobLine({
      ...{ archive: this.#archive, clock, atOnce, retryDelaysMs },
      canResume: (past) => this.#canResume(past),
      onChange: this.#news.add,
    });
  }

  /** Makes a kind known, so that jobs of it that were cut short can be run again. */
  register(kind: AnyJobKind): void {
    this.#kinds.set(kind.kind, kind);
  }

  /** Plans the request and queues it. Throws what is wrong with the request, before there is a job. */
  async start<Request, Plan, Report>(
    kind: JobKind<Request, Plan, Report>,
    request: Request,
    { requestedBy, whenBusy = 'queue', resumes }: StartOptions,
  ): Promise<JobSummary> {
    await this.#archive.loaded;
    const plan = await kind.plan(request);
    this.#refuseWhatCannotRun(kind, plan);
    this.register(kind);
    const partitions = kind.partitionsOf(plan);
    const rival = this.#line.rivalOn(partitions)?.job;
    if (rival !== undefined && whenBusy === 'refuse')
      throw new WorkbenchError('busy', `"${rival.title}" is at work on the same partition`);
    const { fs, clock, keepsHistory, drawSuffix } = this.#parts;
    const createdMs = clock();
    const id = idOf(kind.kind, createdMs, drawSuffix());
    const log = createJobLog(keepsHistory ? fs : null, clock, id);
    const entry = createLiveJob({
      ...{ kind, plan, request, log, id, requestedBy, createdMs, partitions },
      waitsFor: rival?.id ?? null,
    });
    if (resumes !== undefined) log.add(`Runs the request of ${resumes} again.`);
    if (rival !== undefined) log.add(`Waits for "${rival.title}" (${rival.id}).`);
    await this.#line.add(entry);
    return withoutReport(entry.job);
  }

  /** The same, to its end: answers the report, or throws why there is none. Aborting cancels the job. */
  async run<Request, Plan, Report>(
    kind: JobKind<Request, Plan, Report>,
    request: Request,
    options: StartOptions,
    signal?: AbortSignal,
  ): Promise<Report> {
    const { id } = await this.start(kind, request, options);
    const stop = () => void this.cancel(id).catch(() => undefined);
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const job = await this.wait(id);
    signal?.removeEventListener('abort', stop);
    if (job.state === 'done') return job.report as Report;
    throw new WorkbenchError(
      job.error?.code ?? 'cancelled',
      job.error?.message ?? `"${job.title}" was cancelled`,
    );
  }

  /** Newest first. */
  async list(): Promise<JobList> {
    await this.#archive.loaded;
    const ids = [...this.#archive.ended.keys(), ...this.#line.ids].reverse();
    return {
      jobs: ids.flatMap((id) => this.#summaryOf(id) ?? []),
      unreadable: this.#archive.unreadable,
    };
  }

  /** Requests of jobs of a kind that did not come to their end and were not run again. */
  async requestsCutShort(kind: string): Promise<readonly unknown[]> {
    await this.#archive.loaded;
    return [...this.#archive.ended.values()].flatMap(({ summary, request }) =>
      summary.kind === kind && summary.state !== 'done' && summary.resumedBy === null ? [request] : [],
    );
  }

  async show(id: string): Promise<JobDetails> {
    await this.#archive.loaded;
    const live = this.#line.get(id);
    if (live !== undefined) return { job: live.job, log: live.log.lines() };
    const past = this.#archive.ended.get(id);
    if (past === undefined) throw this.#archive.missing(id);
    const { job, log } = await this.#archive.read(past);
    return { job: { ...job, canResume: past.unsaved === null && this.#canResume(past) }, log };
  }

  /** Answers when it was told; a running job ends within a second of it. One that has ended stays as it is. */
  async cancel(id: string): Promise<JobSummary> {
    await this.#archive.loaded;
    const live = this.#line.get(id);
    if (live !== undefined) await this.#line.cancel(live);
    return withoutReport((await this.show(id)).job);
  }

  /** Runs the request of a job that was cut short again, as a job of its own. */
  async resume(id: string, requestedBy: Caller): Promise<JobSummary> {
    await this.#archive.loaded;
    const past = this.#archive.ended.get(id);
    if (past === undefined || !this.#canResume(past))
      throw new WorkbenchError('argument-invalid', `id: ${id} is no job that can be run again`);
    const kind = this.#kinds.get(past.summary.kind);
    const request: unknown = kind?.resume?.parse(past.request);
    if (kind === undefined) throw new Error(`There is no kind ${past.summary.kind}`);
    const resumed = await this.start(kind, request, { requestedBy, resumes: id });
    await this.#archive.noteResumed(id, resumed.id);
    this.#news.add(id);
    return resumed;
  }

  /** Answers when the job has ended. Aborting ends the waiting alone, as `cancelled`. */
  async wait(id: string, signal?: AbortSignal): Promise<Job> {
    await this.#archive.loaded;
    const live = this.#line.get(id);
    if (live === undefined) return (await this.show(id)).job;
    return signal === undefined ? live.ended : Promise.race([live.ended, rejectedBy(signal)]);
  }

  /** Called at most five times a second, with what has changed. */
  onChange(listener: (jobs: readonly JobSummary[]) => void): void {
    this.#news.listen(listener);
  }

  /** Stops everything: what runs becomes `interrupted`, and can be run again where its kind allows. */
  async close(): Promise<void> {
    this.#line.refuse();
    await this.#archive.loaded.catch(() => undefined);
    await this.#line.interruptAll();
    this.#news.tell();
  }

  #refuseWhatCannotRun(kind: AnyJobKind, plan: unknown): void {
    if (this.#parts.access === 'reader' && kind.readsOnly?.(plan) !== true)
      throw new WorkbenchError('store-read-only', 'The store is open for reading only');
    if (this.#line.isClosing) throw new WorkbenchError('cancelled', 'The store was closed');
  }

  #summaryOf(id: string): JobSummary | undefined {
    const live = this.#line.get(id);
    if (live !== undefined) return withoutReport(live.job);
    const past = this.#archive.ended.get(id);
    return past === undefined ? undefined : { ...past.summary, canResume: this.#canResume(past) };
  }

  #canResume({ summary, request }: EndedJob): boolean {
    return (
      this.#parts.access === 'owner' &&
      summary.state !== 'done' &&
      summary.resumedBy === null &&
      request !== null &&
      this.#kinds.get(summary.kind)?.resume?.safeParse(request).success === true
    );
  }
}
