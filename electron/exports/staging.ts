import { WorkbenchError } from '#shared/errors';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { placeExclusively } from '../platform/place-exclusively.ts';
import { syncFolder } from '../platform/sync-folder.ts';

/** A folder in which an export is made whole before any of it gets its name. */
export interface Staging {
  readonly folder: string;
  readonly write: (path: string, text: string) => Promise<void>;
  /**
   * Gives the files their names in the target folder, in this order; all of them, or none when one cannot have its
   * name, or `signal` is aborted in the middle. Only `replaceable` ones may take the place of files that are there.
   */
  readonly publish: (
    paths: readonly string[],
    isReplaceable: (path: string) => boolean,
    signal?: AbortSignal,
  ) => Promise<void>;
  /** Removes what was not published. */
  readonly remove: () => Promise<void>;
}

const prefix = '.tapedeck-export-';

/** Begins beside the target, so that names can be given without copying; leftovers of ended processes are removed. */
export async function createStaging(target: string): Promise<Staging> {
  const beside = nearestFolder(target);
  await sweepLeftovers(beside);
  const folder = await mkdtemp(join(beside, `${prefix}${process.pid}-`));
  const files = join(folder, 'files');
  const replaced = join(folder, 'replaced');
  await mkdir(files);
  return {
    folder: files,
    async write(path, text) {
      await mkdir(dirname(join(files, path)), { recursive: true });
      await writeFile(join(files, path), text, { flag: 'wx' });
    },
    async publish(paths, isReplaceable, signal) {
      const undo: (() => Promise<unknown>)[] = [];
      try {
        for (const path of paths) {
          signal?.throwIfAborted();
          const [from, to] = [join(files, path), join(target, path)];
          await sync(from);
          await makeFolder(dirname(to), undo);
          if (isReplaceable(path) && existsSync(to)) {
            const old = join(replaced, path);
            await mkdir(dirname(old), { recursive: true });
            await rename(to, old);
            undo.push(() => rename(old, to));
          }
          if (!(await placeExclusively(from, to)))
            throw new WorkbenchError(
              'file-exists',
              `${to} exists already: choose to replace it (--overwrite)`,
            );
          undo.push(() => rm(to));
        }
        for (const folder of new Set(paths.map((path) => dirname(join(target, path)))))
          await syncFolder(folder);
      } catch (error) {
        for (const step of undo.reverse()) await step().catch(() => undefined);
        throw error;
      }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The folder itself where it is there, else the nearest one above it. */
export function nearestFolder(target: string): string {
  let folder = target;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

async function makeFolder(folder: string, undo: (() => Promise<unknown>)[]): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) undo.push(() => rm(first, { recursive: true }));
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a process left that was killed while it exported. */
async function sweepLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (Number.isInteger(pid) && pid > 0 && !isAlive(pid))
      await rm(join(folder, basename(name)), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
