import { hasEnded, type Job, type JobDetails, type JobList } from '#shared/domain/job';
import { WorkbenchError } from '#shared/errors';
import type { JobDocument } from '#schemas/documents/job-document';
import type { Clock } from '../../platform/clock.ts';
import type { Fs } from '../../platform/fs.ts';
import { diskError } from '../../storage/disk-error.ts';
import { jobPath } from '../../storage/layout.ts';
import { createJobHistory } from './job-history.ts';
import { readJobLog, type JobLog } from './job-log.ts';
import { documentOf, endedOf, interrupted, type EndedJob } from './job-record.ts';

export interface JobArchiveParts {
  readonly fs: Fs;
  readonly clock: Clock;
  /** Who owns the store puts the history right: jobs that a dead process was running, and those that are too old. */
  readonly isOwner: boolean;
  /** False where nothing may be written. */
  readonly isKept: boolean;
  readonly keptJobs: number;
  readonly keptMs: number;
}

/** Jobs that are over, in memory and in `_jobs`, and the place where those that are not are written down. */
export interface JobArchive {
  /** Fails when the history cannot be read at all. */
  readonly loaded: Promise<void>;
  readonly unreadable: JobList['unreadable'];
  /** Oldest first. */
  readonly ended: ReadonlyMap<string, EndedJob>;
  /** Writes a job as it is; false, with a word in its log, when that did not work. */
  readonly save: (job: Job, request: unknown, log: JobLog) => Promise<boolean>;
  readonly end: (id: string, ended: EndedJob) => Promise<void>;
  readonly noteResumed: (id: string, resumedBy: string) => Promise<void>;
  /** Why there is no job of an id: none was, or its file cannot be read. */
  readonly missing: (id: string) => WorkbenchError;
  /** A job of `ended` with its report and its log. */
  readonly read: (past: EndedJob) => Promise<JobDetails>;
}

/** Begins to read the history at once. `ended` and `unreadable` are not to be trusted before `loaded` has resolved. */
export function createJobArchive(parts: JobArchiveParts): JobArchive {
  const { fs, clock, isOwner, isKept, keptJobs, keptMs } = parts;
  const history = createJobHistory(fs);
  const ended = new Map<string, EndedJob>();
  const unreadable: JobList['unreadable'][number][] = [];
  const saves = new Map<string, Promise<boolean>>();
  const loaded = load();
  // Whoever asks for the history is told.
  loaded.catch(() => undefined);

  async function load(): Promise<void> {
    const found = await history.load();
    unreadable.push(...found.unreadable);
    for (const document of found.documents) {
      const wasCutShort = !hasEnded(document);
      const settled = wasCutShort ? interrupted(document) : document;
      ended.set(document.id, endedOf(settled));
      if (wasCutShort && isOwner) await history.save(settled).catch(() => undefined);
    }
    if (!isOwner) return;
    await prune().catch(() => undefined);
    await history.sweep().catch(() => undefined);
  }

  /** Bounds the history by number and age. */
  async function prune(): Promise<void> {
    const oldestMs = clock() - keptMs;
    const ids = [...ended.keys()];
    const excess = ids.length - keptJobs;
    for (const [place, id] of ids.entries()) {
      if (place >= excess && (ended.get(id)?.summary.createdMs ?? 0) >= oldestMs) continue;
      await history.remove(id);
      ended.delete(id);
    }
  }

  async function write(document: JobDocument, log: JobLog): Promise<boolean> {
    try {
      await history.save(document);
      return true;
    } catch (error) {
      // A full disk must not keep anybody from the job that makes room on it.
      log.add(`The history could not be written: ${diskError(error).message}`);
      return false;
    }
  }

  async function read({ summary, unsaved }: EndedJob): Promise<JobDetails> {
    if (unsaved !== null) return unsaved;
    const { id } = summary;
    const document = await history.read(id).catch((error: unknown) => {
      throw new WorkbenchError('file-unreadable', `The history of ${id} cannot be read: ${String(error)}`);
    });
    return { job: { ...summary, report: document?.report ?? null }, log: await readJobLog(fs, id) };
  }

  return {
    loaded,
    unreadable,
    ended,
    /** A job's states are kept one after the other: two at once would take each other's half-written file away. */
    save(job, request, log) {
      if (!isKept) return Promise.resolve(false);
      const { id } = job;
      const document = documentOf(job, request);
      const turn = (saves.get(id) ?? Promise.resolve(true)).then(() => write(document, log));
      saves.set(id, turn);
      void turn.then(() => {
        if (saves.get(id) === turn) saves.delete(id);
      });
      return turn;
    },
    async end(id, past) {
      ended.set(id, past);
      if (isOwner && ended.size > keptJobs) await prune().catch(() => undefined);
    },
    async noteResumed(id, resumedBy) {
      const past = ended.get(id);
      if (past === undefined) return;
      const noted = { ...past, summary: { ...past.summary, resumedBy } };
      ended.set(id, noted);
      const { job } = await read(noted);
      await history.save(documentOf({ ...job, resumedBy }, past.request)).catch(() => undefined);
    },
    missing(id) {
      const bad = unreadable.find(({ path }) => path === jobPath(id));
      return bad === undefined
        ? new WorkbenchError('argument-invalid', `id: there is no job ${id}`)
        : new WorkbenchError('file-unreadable', `${bad.path} ${bad.reason}`);
    },
    read,
  };
}
