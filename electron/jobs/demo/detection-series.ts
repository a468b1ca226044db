import { lowerBound, sliceBars, type Bars } from '#shared/domain/candle';
import { spanAt, type CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { atr } from '#shared/math/atr';
import { MINUTE } from '#shared/units';

/** The bars of regular hours of one timeframe, as the finders of chart objects read them. */
export interface DetectionSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
  readonly decimals: number;
  readonly length: number;
  readonly bars: Bars;
  /** Average true range at each bar: the measure of what is far. */
  readonly range: Float64Array;
  /** Where each session begins and ends among the bars. */
  readonly sessions: readonly {
    readonly first: number;
    readonly end: number;
    readonly from: number;
    readonly until: number;
  }[];
  /** Index of each bar among all bars of the timeframe, extended hours included. */
  readonly steps: Int32Array;
}

export interface SeriesSource {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
  readonly decimals: number;
  readonly bars: Bars;
}

/** Takes bars of all hours, sorted by time; `range` and `sessions` are of those that are left. */
export function detectionSeries({ bars: all, ...source }: SeriesSource): DetectionSeries {
  const pieces: { bars: Bars; at: number; from: number; until: number }[] = [];
  for (let index = 0; index < all.ts.length;) {
    const { kind, from, until } = spanAt(source.calendar, valueAt(all.ts, index));
    const end = lowerBound(all.ts, until);
    if (kind === 'regular') pieces.push({ bars: sliceBars(all, from, until), at: index, from, until });
    index = end;
  }
  const bars = joinBars(pieces.map((piece) => piece.bars));
  const steps = Int32Array.from(
    pieces.flatMap((piece) => Array.from(piece.bars.ts, (_, offset) => piece.at + offset)),
  );
  let first = 0;
  const sessions = pieces.map((piece) => {
    const session = { first, end: first + piece.bars.ts.length, from: piece.from, until: piece.until };
    first = session.end;
    return session;
  });
  const length = timeframeLength(source.timeframe);
  return { ...source, length, bars, sessions, steps, range: atr(bars).values };
}

/** NaN outside the column. */
export function valueAt(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN;
}

/** When a bar is known: at its end. */
export function closeTime({ bars, length }: DetectionSeries, index: number): number {
  return valueAt(bars.ts, index) + length;
}

/** Whether trading pauses after a bar, for a night or a halt. */
export function isBeforePause({ bars, length }: DetectionSeries, index: number): boolean {
  return valueAt(bars.ts, index + 1) - valueAt(bars.ts, index) > Math.max(45 * MINUTE, 4 * length);
}

function joinBars(pieces: readonly Bars[]): Bars {
  const join = (column: keyof Bars) =>
    Float64Array.from(pieces.flatMap((piece) => Array.from(piece[column])));
  return {
    ts: join('ts'),
    open: join('open'),
    high: join('high'),
    low: join('low'),
    close: join('close'),
    volume: join('volume'),
  };
}
