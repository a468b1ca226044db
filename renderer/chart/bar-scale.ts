import { lowerBound } from '#shared/domain/candle';

/** Opens of the loaded bars, in order, and the length of one: what is needed to tell time from place. */
export interface BarScale {
  readonly ts: ArrayLike<number>;
  readonly barLength: number;
}

/**
 * Where an instant lies among the bars, as a fractional index: 3.5 is halfway through bar 3.
 * A gap has no width, so that an instant within one lies at the bar after it. Before the first bar and after the
 * last one, time goes on at one bar per bar length.
 */
export function logicalAt({ ts, barLength }: BarScale, at: number): number {
  const count = ts.length;
  const first = ts[0];
  const last = ts[count - 1];
  if (first === undefined || last === undefined) return 0;
  if (at <= first) return (at - first) / barLength;
  if (at >= last) return count - 1 + (at - last) / barLength;
  const next = lowerBound(ts, at);
  const open = ts[next - 1] ?? first;
  return ts[next] === at ? next : next - 1 + Math.min(1, (at - open) / barLength);
}

/** The instant at a fractional index: the other way round from `logicalAt`. */
export function timeAt({ ts, barLength }: BarScale, logical: number): number {
  const count = ts.length;
  const first = ts[0];
  const last = ts[count - 1];
  if (first === undefined || last === undefined) return 0;
  if (logical <= 0) return first + logical * barLength;
  if (logical >= count - 1) return last + (logical - (count - 1)) * barLength;
  const index = Math.floor(logical);
  const open = ts[index] ?? first;
  const next = ts[index + 1] ?? open + barLength;
  return Math.min(next, open + (logical - index) * barLength);
}

/** The bar that an instant belongs to: the one that holds it, or the next one when it lies in a gap. */
export function barAt({ ts, barLength }: BarScale, at: number): number {
  const next = lowerBound(ts, at);
  if (ts[next] === at || next === 0) return Math.min(next, ts.length - 1);
  const open = ts[next - 1] ?? at;
  return Math.min(at - open < barLength ? next - 1 : next, ts.length - 1);
}
