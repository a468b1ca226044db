import { rollupRules, type RollupOrigin, type RollupSource } from '#shared/domain/rollup-origin';
import type { Stretch } from '#shared/domain/stretches';
import { spanOf, type FileEntry } from './file-entry.ts';

/** How a symbol's bars are to be made now. */
export interface Making {
  readonly symbol: string;
  readonly calendar: string;
  readonly timeframe: string;
}

/**
 * Where a rollup of a symbol no longer says what its sources hold: where a file that it was made from is gone, and
 * where one of the `current` files has rows that it knows nothing of. Null when it says nothing of the symbol at all.
 *
 * Files never change, so those it was made from need no other look than whether they still live.
 */
export function staleStretches(
  origin: RollupOrigin | undefined,
  { symbol, calendar, timeframe }: Making,
  current: readonly FileEntry[],
  isLiving: (path: string) => boolean,
): readonly Stretch[] | null {
  if (origin?.rules !== rollupRules) return null;
  const source = origin.sources.find(
    (each) => each.calendar === calendar && each.timeframe === timeframe && each.symbols.includes(symbol),
  );
  if (source === undefined) return null;
  const gone = source.files.filter(({ path }) => !isLiving(path));
  const known = pathsOf(source);
  const unknown = current.flatMap((file) => (known.has(file.path) ? [] : (spanOf(file, symbol) ?? [])));
  return [...gone, ...unknown].map(({ first, last }) => ({ from: first, until: last + 1 }));
}

const knownPaths = new WeakMap<RollupSource, ReadonlySet<string>>();

function pathsOf(source: RollupSource): ReadonlySet<string> {
  let paths = knownPaths.get(source);
  if (paths === undefined) knownPaths.set(source, (paths = new Set(source.files.map(({ path }) => path))));
  return paths;
}
