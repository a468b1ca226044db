import { lowerBound } from '#shared/domain/candle';
import { DAY } from '#shared/units';
import type { LineColour } from './indicator-setting.ts';

/** A symbol whose close is drawn beside the candles, in percent. */
export interface ComparedSymbol {
  readonly symbol: string;
  readonly colour: LineColour;
}

/** More lines than this cannot be told apart. */
export const mostCompared = 4;

/** Begins with colours that indicators take last. */
export const comparedColours: readonly LineColour[] = ['orange', 'violet', 'green', 'pink', 'yellow', 'blue'];

/** Values at instants, in order of time. */
export interface TimedValues {
  readonly ts: Float64Array;
  readonly values: Float64Array;
}

/**
 * The close of another symbol at each of the bars that are shown; NaN where it has none.
 *
 * Markets open at different times. A bar shorter than a day meets the other market's bar in which it opens, which
 * closes no later than it does. Longer bars meet by the calendar: all open within half a day of the UTC midnight that
 * their date begins with, some the evening before.
 */
export function closesAt(opens: Float64Array, other: TimedValues, barLength: number): Float64Array {
  const closes = new Float64Array(opens.length).fill(Number.NaN);
  const indexOf = barLength < DAY ? holderOf(other.ts, barLength) : sameDateAs(other.ts, barLength);
  for (let index = 0; index < opens.length; index += 1) {
    closes[index] = other.values[indexOf(opens[index] ?? Number.NaN)] ?? Number.NaN;
  }
  return closes;
}

/** Values of some instants at others: NaN where they have none. */
export function valuesAt(instants: ArrayLike<number>, { ts, values }: TimedValues): Float64Array {
  const aligned = new Float64Array(instants.length).fill(Number.NaN);
  let next = 0;
  for (let index = 0; index < aligned.length; index += 1) {
    const at = instants[index] ?? Number.NaN;
    while ((ts[next] ?? Infinity) < at) next += 1;
    if (ts[next] === at) aligned[index] = values[next] ?? Number.NaN;
  }
  return aligned;
}

/** Index of the bar that holds an instant; -1 when none does. */
function holderOf(opens: Float64Array, barLength: number): (at: number) => number {
  return (at) => {
    const next = lowerBound(opens, at);
    if (opens[next] === at) return next;
    return at - (opens[next - 1] ?? -Infinity) < barLength ? next - 1 : -1;
  };
}

function sameDateAs(opens: Float64Array, barLength: number): (at: number) => number {
  const dateOf = (at: number) => {
    // 1970-01-01 was a Thursday: weeks are counted from the Monday before it.
    const shift = barLength % (7 * DAY) === 0 ? 3 * DAY : 0;
    return Math.floor((at + DAY / 2 + shift) / barLength);
  };
  const indices = new Map<number, number>();
  opens.forEach((open, index) => indices.set(dateOf(open), index));
  return (at) => indices.get(dateOf(at)) ?? -1;
}
