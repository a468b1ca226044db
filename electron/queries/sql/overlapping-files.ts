import type { StoredRow } from '#schemas/define-dataset';
import type { SeriesSnapshot } from '../../engine/user-sql/store-snapshot.ts';
import { bySequence } from '../../storage/catalog.ts';
import type { FileEntry } from '../../storage/file-entry.ts';

/** Rows that are in no file yet, and the instants between which they lie. */
export interface PendingRows {
  readonly rows: readonly StoredRow[];
  readonly first: number;
  readonly last: number;
}

interface Reach {
  readonly file: FileEntry | null;
  readonly first: number;
  readonly last: number;
}

/**
 * Tells apart, among the files of one timeframe, those that hold keys of their own from those in which a row may be a
 * later writing of one elsewhere. Files that cover no common time share no key; of all others the keys are compared
 * when they are read, which costs, so that as few as possible are among them.
 */
export function seriesSnapshot(
  timeframe: string,
  files: readonly FileEntry[],
  pending: PendingRows | null,
): SeriesSnapshot {
  const reaches = files.map(reachOf);
  if (pending !== null) reaches.push({ file: null, first: pending.first, last: pending.last });
  const single: FileEntry[] = [];
  const earlier: FileEntry[] = [];
  const later: FileEntry[] = [];
  for (const cluster of clustersOf(reaches)) {
    const members = cluster.flatMap(({ file }) => file ?? []).sort(bySequence);
    // One row a key is promised by compacted files alone.
    const [only] = members;
    if (cluster.length === 1 && only !== undefined && only.level !== 'part') single.push(only);
    else {
      const base = leadingApart(members);
      earlier.push(...base);
      later.push(...members.slice(base.length));
    }
  }
  return {
    timeframe,
    single: single.map(pathOf),
    earlier: earlier.map(pathOf),
    later: later.sort(bySequence).map(pathOf),
    pending: pending?.rows ?? [],
  };
}

/** Compacted files before anything that was written later, as long as no two of them cover a common time. */
function leadingApart(members: readonly FileEntry[]): FileEntry[] {
  const firstPart = members.findIndex(({ level }) => level === 'part');
  const leading = firstPart < 0 ? members : members.slice(0, firstPart);
  const isApart = clustersOf(leading.map(reachOf)).every(({ length }) => length === 1);
  return isApart ? [...leading] : [];
}

function reachOf(file: FileEntry): Reach {
  const [first, last] = [file.spans.map((span) => span.first), file.spans.map((span) => span.last)];
  return { file, first: Math.min(...first), last: Math.max(...last) };
}

/** Reaches that hang together by common instants. */
function clustersOf(reaches: readonly Reach[]): Reach[][] {
  const clusters: Reach[][] = [];
  let until = -Infinity;
  for (const reach of [...reaches].sort((a, b) => a.first - b.first)) {
    if (reach.first > until) clusters.push([]);
    clusters.at(-1)?.push(reach);
    until = Math.max(until, reach.last);
  }
  return clusters;
}

const pathOf = ({ path }: FileEntry) => path;
