import type { WrittenRows } from '../../electron/queries/quality/written-rows.ts';

/** A bar of which only what matters to a test need be said; it is of the first file. */
export interface GivenBar {
  readonly ts: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly close?: number;
  readonly volume?: number;
  readonly file?: number;
}

/** Rows as they were written, in that order. Prices are 100 but for what is said. */
export function writtenBars(bars: readonly GivenBar[]): WrittenRows {
  const column = (read: (bar: GivenBar) => number) => Float64Array.from(bars, read);
  const close = (bar: GivenBar) => bar.close ?? 100;
  const open = (bar: GivenBar) => bar.open ?? close(bar);
  return {
    ts: column(({ ts }) => ts),
    open: column(open),
    high: column((bar) => bar.high ?? Math.max(open(bar), close(bar))),
    low: column((bar) => bar.low ?? Math.min(open(bar), close(bar))),
    close: column(close),
    volume: column(({ volume }) => volume ?? 10),
    file: column(({ file }) => file ?? 0),
    files: ['first.parquet', 'second.parquet'],
  };
}

/** Bars at some opens whose closes wander by a few hundredths of a percent, the same each time. */
export function wanderingBars(opens: ArrayLike<number>): GivenBar[] {
  return Array.from(opens, (ts, index) => ({
    ts,
    close: 100 + Math.sin(index * 1.7) * 0.03 + Math.sin(index) * 0.02,
  }));
}
