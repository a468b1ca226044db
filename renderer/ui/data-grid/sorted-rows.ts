import type { GridSort } from './grid-column.ts';

/** The rows by what a column holds of each; as they come while nobody has asked for an order. */
export function sortedRows<T>(
  rows: readonly T[],
  sort: GridSort | null,
  valueOf: (row: T, column: string) => string | number,
): readonly T[] {
  if (sort === null) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [valueOf(a, sort.column), valueOf(b, sort.column)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}
