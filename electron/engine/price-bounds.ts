import type { Dataset } from '#schemas/define-dataset';
import { quoteName } from './sql.ts';

/** SQL for the lowest and the highest price of a group of rows; nulls where a dataset has no prices. */
export function priceBoundsSql({ priceLow, priceHigh }: Dataset): readonly [low: string, high: string] {
  const of = (bound: string, each: string, columns: readonly string[]) =>
    columns.length === 0
      ? 'NULL'
      : `${bound}(${columns.map((name) => `${each}(${quoteName(name)})`).join(', ')})`;
  return [of('least', 'min', priceLow), of('greatest', 'max', priceHigh)];
}
