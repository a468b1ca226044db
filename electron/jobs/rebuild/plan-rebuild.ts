import type { FileEntry } from '../../storage/file-entry.ts';
import { parseDataPath } from '../../storage/layout.ts';
import type { DeadFile } from '../../storage/log-entry.ts';

/** A readable file, by what it says of itself. */
export interface FoundFile {
  readonly entry: FileEntry;
  /** Paths of the files that it was made from. */
  readonly inputs: readonly string[];
}

export interface TrashedFile extends FoundFile {
  /** The folder of the trash it lies in. */
  readonly job: string;
}

export interface RebuildFacts {
  readonly inPlace: readonly FoundFile[];
  readonly inTrash: readonly TrashedFile[];
  /** What the tombstone records say; those of files that are no longer anywhere are of no use. */
  readonly tombstones: readonly DeadFile[];
  readonly atMs: number;
}

export interface RebuildPlan {
  /** In the order in which later rows win. */
  readonly living: readonly FileEntry[];
  readonly dead: readonly DeadFile[];
}

/**
 * Decides which files make up a store whose log is lost. The footer of a merged file names what it was made from: those
 * are dead wherever they still lie. Of two files for one period and level the later writing counts. When in doubt a
 * file lives: its rows are then there twice, once by key, and none is missing.
 */
export function planRebuild({ inPlace, inTrash, tombstones, atMs }: RebuildFacts): RebuildPlan {
  const claimedBy = findClaims(inPlace, inTrash);
  const recorded = new Map(tombstones.map((tombstone) => [`${tombstone.job}|${tombstone.path}`, tombstone]));
  const lastRecord = new Map(tombstones.map((tombstone) => [tombstone.path, tombstone]));
  const isReplaced = (path: string | null) =>
    path !== null && (inPlace.some(({ entry }) => entry.path === path) || claimedBy.has(path));

  const living: FileEntry[] = [];
  const dead: DeadFile[] = [];
  for (const { entry } of inPlace) {
    const record = lastRecord.get(entry.path);
    const heir =
      claimedBy.get(entry.path) ?? (isReplaced(record?.replacedBy ?? null) ? record?.replacedBy : undefined);
    if (heir === undefined || heir === null) living.push(entry);
    else {
      dead.push({
        ...entry,
        replacedBy: heir,
        job: record?.job ?? rebuildJob,
        atMs: record?.atMs ?? atMs,
        // Without a record it was told to stay where it is, or was about to be moved: staying harms nobody.
        deadlineMs: record?.deadlineMs ?? null,
        place: 'store',
      });
    }
  }
  const { newest, older } = newestRevisions(living);
  for (const [entry, heir] of older) {
    dead.push({ ...entry, replacedBy: heir, job: rebuildJob, atMs, deadlineMs: null, place: 'store' });
  }
  for (const { entry, job } of inTrash) {
    const record = recorded.get(`${job}|${entry.path}`);
    const replacedBy = record?.replacedBy ?? claimedBy.get(entry.path) ?? null;
    const deadlineMs = record?.deadlineMs ?? null;
    dead.push({ ...entry, replacedBy, job, atMs: record?.atMs ?? atMs, deadlineMs, place: 'trash' });
  }
  return { living: newest.sort(byWriting), dead };
}

const rebuildJob = 'rebuild-log';

/**
 * Which file holds the rows of which now. A file in its place speaks for its inputs whether it counts itself or not,
 * since whatever took its place has them. One in the trash does so only if it was claimed itself: otherwise it lies
 * there because its making was undone.
 */
function findClaims(
  inPlace: readonly FoundFile[],
  inTrash: readonly TrashedFile[],
): ReadonlyMap<string, string> {
  const claimedBy = new Map<string, string>();
  const speakers: FoundFile[] = [...inPlace];
  let silent: readonly TrashedFile[] = inTrash;
  for (let speaker = speakers.pop(); speaker !== undefined; speaker = speakers.pop()) {
    const { entry, inputs } = speaker;
    for (const input of inputs) if (input !== entry.path) claimedBy.set(input, entry.path);
    if (speakers.length > 0) continue;
    speakers.push(...silent.filter((trashed) => claimedBy.has(trashed.entry.path)));
    silent = silent.filter((trashed) => !claimedBy.has(trashed.entry.path));
  }
  return claimedBy;
}

/** Of the files of one period and level the last writing, and which of them each older one gave way to. */
function newestRevisions(entries: readonly FileEntry[]) {
  const newest: FileEntry[] = [];
  const groups = new Map<string, FileEntry[]>();
  for (const entry of entries) {
    if (entry.level === 'part') {
      newest.push(entry);
      continue;
    }
    const key = [entry.dataset, entry.timeframe, entry.level, entry.partition].join('/');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  const older: (readonly [FileEntry, string])[] = [];
  for (const group of groups.values()) {
    const [last, ...rest] = group.sort((a, b) => revisionOf(b) - revisionOf(a));
    if (last === undefined) continue;
    newest.push(last);
    for (const entry of rest) older.push([entry, last.path]);
  }
  return { newest, older };
}

function revisionOf({ path }: FileEntry): number {
  return parseDataPath(path)?.revision ?? 0;
}

/** A merged file has the sequence of the last of its inputs: behind a part of that sequence it has the last word. */
function byWriting(a: FileEntry, b: FileEntry): number {
  return (
    a.sequence - b.sequence ||
    Number(a.level !== 'part') - Number(b.level !== 'part') ||
    (a.path < b.path ? -1 : 1)
  );
}
