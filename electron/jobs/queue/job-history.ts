import { describeFault } from '#shared/describe-fault';
import type { JobList } from '#shared/domain/job';
import { jobDocument, type JobDocument } from '#schemas/documents/job-document';
import type { Fs } from '../../platform/fs.ts';
import { jobFolder, jobLogPath, jobPath, parseJobPath } from '../../storage/layout.ts';
import { publishFile } from '../../storage/publish-file.ts';

/** What `_jobs` holds: a file for each job, written anew whole whenever its state changes. */
export interface JobHistory {
  /** By time, oldest first. */
  readonly load: () => Promise<{
    readonly documents: readonly JobDocument[];
    readonly unreadable: JobList['unreadable'];
  }>;
  readonly read: (id: string) => Promise<JobDocument | null>;
  readonly save: (document: JobDocument) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Removes what a crash left half written. */
  readonly sweep: () => Promise<void>;
}

/** `read` answers null where there is no such job, and throws what is wrong with a file that is none. */
export function createJobHistory(fs: Fs): JobHistory {
  return {
    async load() {
      const documents: JobDocument[] = [];
      const unreadable: { path: string; reason: string }[] = [];
      for (const { name, kind } of await fs.list(jobFolder)) {
        const id = parseJobPath(`${jobFolder}/${name}`);
        if (kind !== 'file' || id === null) continue;
        try {
          const document = await read(fs, id);
          if (document !== null) documents.push(document);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          unreadable.push({ path: jobPath(id), reason });
        }
      }
      documents.sort((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
      return { documents, unreadable };
    },
    read: (id) => read(fs, id),
    save: (document) =>
      publishFile(
        fs,
        jobPath(document.id),
        new TextEncoder().encode(`${JSON.stringify(document, null, 1)}\n`),
      ),
    async remove(id) {
      await fs.remove(jobLogPath(id));
      await fs.remove(jobPath(id));
    },
    async sweep() {
      for (const { name, kind } of await fs.list(jobFolder)) {
        if (kind === 'file' && /^\..+\.json\.tmp$/.test(name)) await fs.remove(`${jobFolder}/${name}`);
      }
    },
  };
}

async function read(fs: Fs, id: string): Promise<JobDocument | null> {
  const bytes = await fs.read(jobPath(id));
  if (bytes === null) return null;
  const text = new TextDecoder().decode(bytes);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error('is not whole JSON: its writing was cut short, or it was changed by hand');
  }
  const parsed = jobDocument.safeParse(json);
  if (!parsed.success) throw new Error(describeFault(parsed.error));
  return parsed.data;
}
