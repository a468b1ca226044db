import { storageLevels, type StorageMap, type StorageNode, type StoragePart } from '#shared/domain/storage';
import type { TierId } from '#shared/domain/tier';
import type { FileEntry } from '../../storage/file-entry.ts';
import { tierOf } from '../../storage/layout.ts';

interface Grown {
  readonly name: string;
  readonly files: Set<string>;
  rows: number;
  sizeBytes: number;
  readonly tiers: Map<TierId, number>;
  readonly inside: Map<string, Grown>;
}

const mostNodes = 300;
const mostInside = 40;

/**
 * Divides what lies inside one piece of the store: `path` names it from the whole inwards. A file of several symbols
 * counts for each by its rows, since Parquet does not say how many bytes a row takes.
 */
export function sizeMap(files: Iterable<FileEntry>, path: readonly string[]): StorageMap {
  const whole = grown('');
  for (const file of files) {
    if (path[0] !== undefined && file.dataset !== path[0]) continue;
    for (const { symbol, rows } of file.spans) {
      const names = [file.dataset, symbol, file.timeframe, ...periodsOf(file.partition)];
      if (!path.every((name, level) => names[level] === name)) continue;
      const sizeBytes = file.rows === 0 ? 0 : (file.sizeBytes * rows) / file.rows;
      grow(whole, file, rows, sizeBytes, names.slice(path.length, path.length + 2));
    }
  }
  const nodes = largestFirst(whole.inside).map((node) => nodeOf(node, path.length));
  const rest = nodes.slice(mostNodes);
  return {
    path,
    total: { files: whole.files.size, rows: whole.rows, sizeBytes: Math.round(whole.sizeBytes) },
    nodes: nodes.slice(0, mostNodes),
    rest:
      rest.length === 0
        ? null
        : {
            count: rest.length,
            files: rest.reduce((sum, { files: own }) => sum + own, 0),
            rows: rest.reduce((sum, { rows }) => sum + rows, 0),
            sizeBytes: rest.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          },
  };
}

/** `2025-09-02` lies in 2025-09; a month or a year by itself has nothing further in. */
function periodsOf(partition: string): readonly string[] {
  return partition.length > 7 ? [partition.slice(0, 7), partition] : [partition];
}

function grow(
  whole: Grown,
  file: FileEntry,
  rows: number,
  sizeBytes: number,
  names: readonly string[],
): void {
  let at = whole;
  for (const [depth, name] of [undefined, ...names].entries()) {
    if (name !== undefined) {
      let next = at.inside.get(name);
      if (next === undefined) at.inside.set(name, (next = grown(name)));
      at = next;
    }
    at.files.add(file.path);
    at.rows += rows;
    at.sizeBytes += sizeBytes;
    if (depth === 1) {
      const tier = tierOf(file.path);
      at.tiers.set(tier, (at.tiers.get(tier) ?? 0) + sizeBytes);
    }
  }
}

function grown(name: string): Grown {
  return { name, files: new Set(), rows: 0, sizeBytes: 0, tiers: new Map(), inside: new Map() };
}

function largestFirst(inside: ReadonlyMap<string, Grown>): readonly Grown[] {
  return [...inside.values()].sort((a, b) => b.sizeBytes - a.sizeBytes || (a.name < b.name ? -1 : 1));
}

function partOf({ name, files, rows, sizeBytes }: Grown): StoragePart {
  return { name, files: files.size, rows, sizeBytes: Math.round(sizeBytes) };
}

function nodeOf(node: Grown, level: number): StorageNode {
  const inside = largestFirst(node.inside);
  return {
    ...partOf(node),
    tiers: Object.fromEntries([...node.tiers].map(([tier, size]) => [tier, Math.round(size)])),
    inside: inside.slice(0, mostInside).map(partOf),
    canEnter: level < storageLevels.length - 1 && inside.length > 0,
  };
}
