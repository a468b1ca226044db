import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { canonicalSelect } from '../../engine/canonical-select.ts';
import { isRight, type DroppedFile } from '../../imports/read-dropped-files.ts';
import { parseDataPath } from '../../storage/layout.ts';

export type Judgement =
  { readonly outcome: 'keep' } | { readonly outcome: 'rewrite' | 'refuse'; readonly reason: string };

/**
 * Whether a file of another writer can stay as it is. It must: its rows right, in their place and order, each once, and
 * their instants ms in a column that filters can use. Columns that it lacks or has in another number type are no reason.
 */
export function judgeFile(dropped: DroppedFile): Judgement {
  const { file, dataset, shape, checked } = dropped;
  if (checked.good.length + checked.misplaced.length === 0) {
    const [first] = checked.bad;
    const reason =
      first === undefined ? 'it has no rows' : `row ${first.row + 1}: ${first.field} ${first.reason}`;
    return { outcome: 'refuse', reason };
  }
  if (!isRight(dropped)) {
    const [first] = [...checked.bad, ...checked.misplaced.map(({ fault }) => fault)].sort(
      (a, b) => a.row - b.row,
    );
    const { row = 0, field = '', reason = '' } = first ?? {};
    return { outcome: 'rewrite', reason: `row ${row + 1}: ${field} ${reason}` };
  }
  const path = parseDataPath(file.path);
  if (path?.level !== file.level)
    return { outcome: 'rewrite', reason: 'it lies where no file of a store does' };
  const select = canonicalSelect(dataset, shape);
  const instant = select.ok ? select.columns.get(dataset.instant) : undefined;
  if (instant !== `"${dataset.instant}"`)
    return { outcome: 'rewrite', reason: 'its times are not ms since 1970 in UTC' };
  if (file.level === 'part') return { outcome: 'keep' };
  if (checked.repeats > 0)
    return { outcome: 'rewrite', reason: `${checked.repeats} of its rows repeat a key` };
  if (!isSorted(dataset, checked.good)) {
    return {
      outcome: 'rewrite',
      reason: `its rows are not in the order of ${dataset.sortedBy.join(' and ')}`,
    };
  }
  return { outcome: 'keep' };
}

function isSorted(dataset: Dataset, rows: readonly StoredRow[]): boolean {
  const names = Object.keys(dataset.columns);
  const places = dataset.sortedBy.map((name) => names.indexOf(name));
  return rows.every((row, index) => index === 0 || compare(rows[index - 1] ?? [], row, places) <= 0);
}

function compare(a: StoredRow, b: StoredRow, places: readonly number[]): number {
  for (const place of places) {
    const [left, right] = [a[place] ?? 0, b[place] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
