import type { JobLogLine } from '#shared/domain/job';
import type { Clock } from '../../platform/clock.ts';
import type { Fs, FsFile } from '../../platform/fs.ts';
import { jobLogPath } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably } from '../../storage/publish-file.ts';

/** A job that says more than this has said enough. */
const mostLines = 5_000;

/** The log of one job, in memory and in its file. A disk that takes no more leaves the one in memory. */
export interface JobLog {
  readonly add: (text: string) => void;
  readonly lines: () => readonly JobLogLine[];
  /** Returns when every line is in the file, or could not be written to it. */
  readonly close: () => Promise<void>;
}

/** Without a file system it is kept in memory alone. */
export function createJobLog(fs: Fs | null, clock: Clock, id: string): JobLog {
  const lines: JobLogLine[] = [];
  let file: Promise<FsFile> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function open(on: Fs): Promise<FsFile> {
    const path = jobLogPath(id);
    await makeFolderDurably(on, folderOf(path));
    return on.create(path);
  }

  async function write(line: JobLogLine): Promise<void> {
    if (fs === null) return;
    const opened = await (file ??= open(fs));
    await opened.write(new TextEncoder().encode(formatLine(line)));
  }

  return {
    add(text) {
      if (lines.length > mostLines) return;
      const told = lines.length === mostLines ? 'Further lines were left out.' : text;
      const line = { atMs: clock(), text: told.replace(/\s*\n\s*/g, ' ') };
      lines.push(line);
      last = last.then(() => write(line)).catch(() => undefined);
    },
    lines: () => lines,
    async close() {
      await last;
      const opened = await file?.catch(() => undefined);
      await opened?.close().catch(() => undefined);
    },
  };
}

/** Reads the log of a job that ran before; empty when there is none. */
export async function readJobLog(fs: Fs, id: string): Promise<readonly JobLogLine[]> {
  const bytes = await fs.read(jobLogPath(id));
  return bytes === null ? [] : new TextDecoder().decode(bytes).split('\n').flatMap(parseLine);
}

function formatLine({ atMs, text }: JobLogLine): string {
  return `${new Date(atMs).toISOString()} ${text}\n`;
}

/** A line that was cut short by a crash is left out. */
function parseLine(line: string): JobLogLine[] {
  const space = line.indexOf(' ');
  const atMs = Date.parse(line.slice(0, Math.max(0, space)));
  return Number.isNaN(atMs) ? [] : [{ atMs, text: line.slice(space + 1) }];
}
