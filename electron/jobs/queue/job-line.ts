import type { Job } from '#shared/domain/job';
import { WorkbenchError } from '#shared/errors';
import type { Clock } from '../../platform/clock.ts';
import type { JobArchive } from './job-archive.ts';
import { doPartitionsMeet } from './job-partitions.ts';
import { closedError, endingLine, withoutReport, type EndedJob } from './job-record.ts';
import type { LiveJob } from './live-job.ts';
import { runAttempts, type JobEnding } from './run-attempts.ts';

export interface JobLineParts {
  readonly archive: JobArchive;
  readonly clock: Clock;
  readonly atOnce: number;
  readonly retryDelaysMs: readonly number[];
  readonly canResume: (past: EndedJob) => boolean;
  /** Told of every change of a job. */
  readonly onChange: (id: string) => void;
}

/** The jobs that wait and those that run, in the order in which they came. What has ended goes to the archive. */
export class JobLine {
  readonly #parts: JobLineParts;
  readonly #live = new Map<string, LiveJob>();
  readonly #underWay = new Set<Promise<void>>();
  #isClosing = false;

  constructor(parts: JobLineParts) {
    this.#parts = parts;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Oldest first. */
  get ids(): readonly string[] {
    return [...this.#live.keys()];
  }

  get(id: string): LiveJob | undefined {
    return this.#live.get(id);
  }

  /** The first job that no other on these partitions may run beside. */
  rivalOn(partitions: readonly string[]): LiveJob | undefined {
    return [...this.#live.values()].find(({ job }) => doPartitionsMeet(job.partitions, partitions));
  }

  /** Begins the job as soon as there is room, and nothing ahead of it is on the same partitions. */
  async add(entry: LiveJob): Promise<void> {
    this.#live.set(entry.job.id, entry);
    this.#parts.onChange(entry.job.id);
    await this.#save(entry);
    this.#pump();
  }

  /** Ends a job that waits, and tells one that runs to stop. */
  async cancel(entry: LiveJob): Promise<void> {
    if (entry.job.state === 'queued') {
      await this.#drop(entry, { state: 'cancelled', error: null });
    } else if (!entry.controller.signal.aborted) {
      entry.log.add('Told to stop.');
      this.#change(entry, { isCancelling: true });
      entry.controller.abort(new WorkbenchError('cancelled', 'The job was cancelled'));
    }
  }

  /** From now on nothing begins. */
  refuse(): void {
    this.#isClosing = true;
  }

  /** Interrupts all jobs, and answers when the last one has ended. */
  async interruptAll(): Promise<void> {
    for (const entry of [...this.#live.values()]) {
      if (entry.job.state === 'queued') {
        await this.#drop(entry, { state: 'interrupted', error: closedError });
      } else entry.controller.abort(new WorkbenchError('cancelled', 'The store was closed'));
    }
    await Promise.allSettled(this.#underWay);
  }

  async #drop(entry: LiveJob, ending: JobEnding): Promise<void> {
    // Its state is no longer `queued` before anything is awaited, so that it cannot begin meanwhile.
    this.#change(entry, { state: ending.state });
    await this.#finish(entry, ending);
  }

  /** Begins what may begin: in order, and nothing before an earlier job on the same partition. */
  #pump(): void {
    const ahead: LiveJob[] = [];
    for (const entry of this.#live.values()) {
      if (entry.job.state === 'queued') {
        const rival = ahead.find(({ job }) => doPartitionsMeet(job.partitions, entry.job.partitions));
        const waitsFor = rival?.job.id ?? null;
        if (rival === undefined && this.#hasRoom()) this.#begin(entry);
        else if (entry.job.waitsFor !== waitsFor) this.#change(entry, { waitsFor });
      }
      ahead.push(entry);
    }
  }

  #hasRoom(): boolean {
    const running = [...this.#live.values()].filter(({ job }) => job.state === 'running');
    return running.length < this.#parts.atOnce && !this.#isClosing;
  }

  #begin(entry: LiveJob): void {
    this.#change(entry, { state: 'running', startedMs: this.#parts.clock(), waitsFor: null });
    const work = this.#execute(entry).finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #execute(entry: LiveJob): Promise<void> {
    entry.log.add('Started.');
    await this.#save(entry);
    const ending = await runAttempts(entry, {
      retryDelaysMs: this.#parts.retryDelaysMs,
      change: (changes) => this.#change(entry, changes),
      save: () => this.#save(entry),
      isClosing: () => this.#isClosing,
    });
    await this.#finish(entry, ending);
  }

  async #finish(entry: LiveJob, ending: JobEnding): Promise<void> {
    const { archive, clock, canResume, onChange } = this.#parts;
    const { log, request } = entry;
    log.add(endingLine(ending));
    const job: Job = {
      ...{ ...entry.job, ...ending, endedMs: clock(), isCancelling: false, waitsFor: null },
      progress: { ...entry.job.progress, doing: null },
    };
    // Readers see it running until its end is kept: nothing may be told that a crash could take back.
    const isSaved = await this.#save({ ...entry, job });
    await log.close();
    const kept: Job = { ...job, canResume: false };
    const past: EndedJob = {
      summary: withoutReport(kept),
      request,
      unsaved: isSaved ? null : { job: kept, log: log.lines() },
    };
    this.#live.delete(job.id);
    const pruned = archive.end(job.id, past);
    onChange(job.id);
    entry.settle({ ...kept, canResume: canResume(past) });
    this.#pump();
    await pruned;
  }

  #change(entry: LiveJob, changes: Partial<Job>): void {
    entry.job = { ...entry.job, ...changes };
    this.#parts.onChange(entry.job.id);
  }

  #save({ job, request, log }: LiveJob): Promise<boolean> {
    return this.#parts.archive.save(job, request, log);
  }
}
