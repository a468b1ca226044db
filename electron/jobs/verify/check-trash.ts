import { problemOf, type Problem, type VerifyNote } from '#shared/domain/verify-report';
import type { Fs } from '../../platform/fs.ts';
import type { Catalog } from '../../storage/catalog.ts';
import { rejectFolders, tombstoneFolder, trashFolders, trashPath } from '../../storage/layout.ts';
import { walkFiles, type Walk } from '../../storage/walk-files.ts';

/** Holds what lies in the trash, its tombstones and the quarantine against what the log says of dead files. */
export async function checkTrash(
  fs: Fs,
  catalog: Catalog,
  nowMs: number,
): Promise<{ readonly problems: readonly Problem[]; readonly notes: readonly VerifyNote[] }> {
  const problems: Problem[] = [];
  const trash = await walkAll(fs, trashFolders);
  const tombstones = await walkFiles(fs, tombstoneFolder);
  const rejects = await walkAll(fs, rejectFolders);
  for (const { folder, reason } of [trash, tombstones, rejects].flatMap(({ unreadable }) => unreadable)) {
    problems.push(problemOf('folder-unreadable', folder, reason));
  }

  const dead = [...catalog.deadFiles()];
  const known = new Set(dead.map(({ job, path }) => trashPath(job, path)));
  for (const { path } of trash.files) {
    // A purge may have removed it, and made the log forget it, since the trash was looked through.
    if (!known.has(path) && (await fs.size(path)) !== null)
      problems.push(problemOf('trash-unknown', path, 'the log says nothing of this file'));
  }
  const inTrash = new Set(trash.files.map(({ path }) => path));
  for (const { job, path, place, deadlineMs } of dead) {
    const entry = catalog.deadFile(path);
    if (entry !== undefined && catalog.absence(entry) !== null) continue;
    // Past its deadline it was to go; a purge that was cut short has not said so yet.
    if (deadlineMs !== null && deadlineMs <= nowMs) continue;
    // A move to the trash, or back from it, may be under way: wherever the file is, it is there.
    const isThere = inTrash.has(trashPath(job, path)) || (await fs.size(path)) !== null;
    if (isThere || catalog.deadFile(path) === undefined || (await fs.size(trashPath(job, path))) !== null)
      continue;
    const expected = place === 'trash' ? trashPath(job, path) : path;
    problems.push(problemOf('trash-missing', expected, 'the log says that this dead file lies here'));
  }

  for (const { path } of tombstones.files) {
    if (path.endsWith('.json') && !(await isJson(fs, path))) {
      problems.push(problemOf('tombstone-unreadable', path, 'this tombstone is not JSON'));
    }
  }
  const notes = rejects.files
    .filter(({ path }) => !path.endsWith('.reason.json'))
    .map(({ path }) => ({ path, detail: 'was set aside and is not part of the store' }));
  return { problems, notes };
}

async function walkAll(fs: Fs, folders: readonly string[]): Promise<Walk> {
  const walks: Walk[] = [];
  for (const folder of folders) walks.push(await walkFiles(fs, folder));
  return {
    files: walks.flatMap(({ files }) => files),
    unreadable: walks.flatMap(({ unreadable }) => unreadable),
  };
}

async function isJson(fs: Fs, path: string): Promise<boolean> {
  const bytes = await fs.read(path);
  if (bytes === null) return true;
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
