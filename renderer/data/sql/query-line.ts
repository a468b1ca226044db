import { lowerBound } from '#shared/domain/candle';
import type { SqlColumn } from '#shared/domain/sql';
import type { SqlCell } from '#shared/domain/sql-page';
import type { TimedValues } from '../comparison.ts';
import type { LineColour } from '../indicator-setting.ts';
import { instantOf, placeColumns } from './row-place.ts';

/** A column of a result, drawn over the bars of the symbol that it was made for. */
export interface QueryLine {
  readonly name: string;
  readonly symbol: string;
  readonly points: TimedValues;
}

/** One that no indicator or compared symbol begins with. */
export const queryLineColour: LineColour = 'pink';

/** More rows than this are no line that can be told from its neighbours. */
export const mostLineRows = 200_000;

/** The columns that can be drawn: numbers other than the instant. Empty when there is no instant to draw them at. */
export function lineColumns(columns: readonly SqlColumn[]): readonly number[] {
  const { instant } = placeColumns(columns);
  if (instant < 0) return [];
  return columns.flatMap(({ kind, name }, index) =>
    kind === 'number' && index !== instant && !/(^|_)(ts|sequence|schema_version|t_start|t_end)$/.test(name)
      ? [index]
      : [],
  );
}

/** The rows of one symbol as a line, in order of time; of several rows at one instant the last. */
export function queryLine(
  columns: readonly SqlColumn[],
  rows: readonly (readonly SqlCell[])[],
  column: number,
  symbol: string,
): QueryLine {
  const places = placeColumns(columns);
  const values = new Map<number, number>();
  for (const row of rows) {
    if (places.symbol >= 0 && row[places.symbol] !== symbol) continue;
    const at = instantOf(row[places.instant] ?? null);
    const value = Number(row[column] ?? Number.NaN);
    if (at !== null && Number.isFinite(value)) values.set(at, value);
  }
  const points = [...values].sort(([a], [b]) => a - b);
  return {
    name: columns[column]?.name ?? '',
    symbol,
    points: {
      ts: Float64Array.from(points, ([at]) => at),
      values: Float64Array.from(points, ([, value]) => value),
    },
  };
}

/** What the line says at each bar: the last value from its open up to the next one's; NaN where it says nothing. */
export function valuesInBars(
  opens: ArrayLike<number>,
  { ts, values }: TimedValues,
  barLength: number,
): Float64Array {
  const found = new Float64Array(opens.length).fill(Number.NaN);
  for (let bar = 0; bar < found.length; bar += 1) {
    const open = opens[bar] ?? Number.NaN;
    const next = Math.min(opens[bar + 1] ?? Infinity, open + barLength);
    const last = lowerBound(ts, next) - 1;
    if ((ts[last] ?? -Infinity) >= open) found[bar] = values[last] ?? Number.NaN;
  }
  return found;
}
