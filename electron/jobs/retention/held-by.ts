import { isActive, type Hold } from '#shared/domain/hold';
import { rollups } from '#schemas/datasets/rollups';
import { pathPattern } from './path-pattern.ts';

/** What a hold is compared with: a file, living or dead. */
export interface Holdable {
  readonly path: string;
  readonly dataset: string;
  readonly spans: readonly { readonly symbol: string; readonly first: number; readonly last: number }[];
}

/** The first hold that covers a file; null when it may go. One row that is held holds its file. */
export function heldBy(holds: readonly Hold[], file: Holdable): Hold | null {
  return holds.find((hold) => isActive(hold) && covers(hold, file)) ?? null;
}

function covers({ symbol, dataset, from, until, pattern }: Hold, file: Holdable): boolean {
  if (dataset !== null && dataset !== file.dataset) return false;
  if (pattern !== null && !pathPattern(pattern)(file.path)) return false;
  // They can be made again from what is held, unless it is these very files that are meant.
  if (file.dataset === rollups.name && dataset === null && pattern === null) return false;
  const isInRange = ({ first, last }: { readonly first: number; readonly last: number }) =>
    last >= (from ?? -Infinity) && first < (until ?? Infinity);
  // Of a file whose rows are not known any of them may be in the range.
  if (file.spans.length === 0) return symbol === null;
  return file.spans.some((span) => (symbol === null || span.symbol === symbol) && isInRange(span));
}
