import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { z } from 'zod';
import { readFooters } from '../../engine/inspect-files.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Fs } from '../../platform/fs.ts';
import { inBatches } from '../../platform/in-batches.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import {
  dataFolders,
  parseSegmentName,
  parseTrashPath,
  rejectFolder,
  tombstoneFolder,
  trashFolder,
  walFolder,
} from '../../storage/layout.ts';
import { folderOf, makeFolderDurably } from '../../storage/publish-file.ts';
import { sweepDotFiles } from '../../storage/sweep-dot-files.ts';
import { walkFiles, walkFolders } from '../../storage/walk-files.ts';
import { syncFolders } from '../trash/sync-folders.ts';

export interface UndoParts {
  readonly fs: Fs;
  readonly root: string;
  /** The name that the store would have had: what bears it was written by the adoption. */
  readonly storeId: string;
  /** When it began: nothing that was written before is its. */
  readonly sinceMs: number;
  readonly createEngine: () => Promise<Engine>;
}

const reasonSuffix = '.reason.json';
const reasonNote = z.object({ path: z.string().min(1) });
const filesAtOnce = 500;
/** File systems count time in steps, and may be a little behind. */
const clockSlackMs = 2_000;

/**
 * Puts a folder back to what it was before an adoption that did not come to its end: files go from the trash and from
 * `_rejects` to their places, then what was written anew goes, and the log last. Cut short, it can be called again.
 */
export async function undoAdoption(parts: UndoParts): Promise<void> {
  const { fs, root } = parts;
  for (const { path: from } of (await walkFiles(fs, trashFolder)).files) {
    const path = parseTrashPath(from)?.path;
    if (path !== undefined) await bringBack(fs, root, from, path);
  }
  for (const { path: note } of (await walkFiles(fs, rejectFolder)).files) {
    if (!note.endsWith(reasonSuffix)) continue;
    const path = await pathIn(fs, note);
    if (path === null) continue;
    await bringBack(fs, root, note.slice(0, -reasonSuffix.length), path);
    await fs.remove(note);
  }
  await sweepDotFiles(fs);
  await removeOwn(parts);
  for (const { name } of await fs.list(tombstoneFolder))
    if (/^(adopt|leftover)-.+\.json$/.test(name)) await fs.remove(`${tombstoneFolder}/${name}`);
  for (const { name } of await fs.list(walFolder))
    if (parseSegmentName(name) !== null) await fs.remove(`${walFolder}/${name}`);
  for (const folder of [trashFolder, rejectFolder, tombstoneFolder, walFolder])
    await removeEmptyFolders(fs, folder);
}

/** A file that has come under its name since stays; the other one then stays where it is. */
async function bringBack(fs: Fs, root: string, from: string, path: string): Promise<void> {
  const [there, here] = [await statOf(root, path), await statOf(root, from)];
  if (here === null) return;
  // It had both names when a crash came.
  if (there?.ino === here.ino) await fs.remove(from);
  else if (there === null) {
    await makeFolderDurably(fs, folderOf(path));
    await fs.rename(from, path);
    await syncFolders(fs, [folderOf(path), folderOf(from)]);
  }
}

function statOf(root: string, path: string): Promise<Stats | null> {
  return lstat(`${root}/${path}`).catch(() => null);
}

async function pathIn(fs: Fs, note: string): Promise<string | null> {
  const bytes = await fs.read(note);
  try {
    return reasonNote.parse(JSON.parse(new TextDecoder().decode(bytes ?? undefined))).path;
  } catch {
    return null;
  }
}

async function removeOwn({ fs, root, storeId, sinceMs, createEngine }: UndoParts): Promise<void> {
  const engine = await createEngine();
  try {
    for (const top of dataFolders) {
      const { files } = await walkFiles(fs, top);
      const writtenMs = await inBatches(files, async ({ path }) => (await statOf(root, path))?.mtimeMs ?? 0);
      const paths = files.flatMap(({ path, kind }, index) => {
        const isLater = (writtenMs[index] ?? 0) >= sinceMs - clockSlackMs;
        return isLater && kind === 'file' && path.endsWith('.parquet') ? [path] : [];
      });
      const own: string[] = [];
      for (let start = 0; start < paths.length; start += filesAtOnce) {
        const { found } = await readFooters(engine, root, paths.slice(start, start + filesAtOnce));
        for (const [path, { metadata }] of found)
          if (readMetadata(metadata).store === storeId) own.push(path);
      }
      for (const path of own) await fs.remove(path);
      await syncFolders(fs, own.map(folderOf));
      for (const folder of new Set(own.map(folderOf))) await fs.removeEmptyFolder(folder);
    }
  } finally {
    engine.close();
  }
}

/** The deepest first. */
async function removeEmptyFolders(fs: Fs, top: string): Promise<void> {
  const folders: string[] = [];
  for await (const { folder } of walkFolders(fs, top)) folders.push(folder);
  for (const folder of folders.sort((a, b) => b.length - a.length)) await fs.removeEmptyFolder(folder);
}
