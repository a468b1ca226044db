import { WorkbenchError } from '#shared/errors';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readFile, writeFile } from 'node:fs/promises';
import { codeOf } from '../../platform/fs.ts';

/** Archives keep a time of day for each entry: always this one, by the clocks of this machine, so that bytes are the same. */
const entryTime = new Date(1980, 0, 1);
/** A symbol's whole history in hours is less than a tenth of this. */
const mostBytes = 268_435_456;

/** Writes an archive with one text in it; lines are parted, the last one has no end. */
export async function writeLeanZip(path: string, entry: string, lines: readonly string[]): Promise<void> {
  await writeFile(path, zipSync({ [entry]: [strToU8(lines.join('\n')), { mtime: entryTime, level: 6 }] }), {
    flag: 'wx',
  });
}

/** The lines of one text in an archive; none where there is no archive yet. */
export async function readLeanZip(path: string, entry: string): Promise<readonly string[]> {
  let archive: Uint8Array;
  try {
    archive = await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  const text = textIn(path, archive, entry);
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function textIn(path: string, archive: Uint8Array, entry: string): string {
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        if (originalSize > mostBytes) throw new Error(`${name} is larger than any file of Lean`);
        return name === entry;
      },
    });
    const found = files[entry];
    if (found === undefined) throw new Error(`it holds no ${entry}`);
    return strFromU8(found);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError('file-unreadable', `${path} cannot be added to: ${reason}`, { cause: error });
  }
}
