import type { ObjectState } from '#shared/domain/chart-object';
import { lowerBound, sliceBars, type Bars } from '#shared/domain/candle';
import type { TimeRange } from '#shared/domain/time-range';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { Served, UnreadableFile } from '#shared/domain/viewport';
import { epochMs, type DurationMs, type EpochMs } from '#shared/units';

/** One row of bars: what a chart shows. */
export interface SeriesKey {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

/** Whether both are there, and the same. */
export function isSameSeries(a: SeriesKey | null | undefined, b: SeriesKey | null | undefined): boolean {
  return a != null && a.symbol === b?.symbol && a.timeframe === b.timeframe;
}

/** What somebody wants to look at. */
export type Target =
  /** `keepsZoom`: as many bars on the screen as now, instead of the usual number. */
  | { readonly kind: 'latest'; readonly keepsZoom?: boolean }
  | { readonly kind: 'range'; readonly from: number; readonly until: number }
  | { readonly kind: 'around'; readonly at: EpochMs };

/** How to place new bars on the screen: at a target, or so that what is looked at stays where it is. */
export type Placement = Target | { readonly kind: 'keep' };

/** The part of a series that is loaded, with the objects that touch it. */
export interface BarWindow {
  readonly key: SeriesKey;
  readonly bars: Bars;
  /** The bars right before the first one. They are not drawn: indicators settle on them. */
  readonly leadIn: Bars;
  readonly objects: readonly ObjectState[];
  /** Every bar and object of this stretch is here. */
  readonly covered: TimeRange;
  /** First and last bar of the whole series; null when it has none. */
  readonly extent: { readonly first: number; readonly last: number } | null;
  /** The stored timeframe the bars were made from. */
  readonly source: Timeframe;
  readonly served: Served;
  readonly unreadable: readonly UnreadableFile[];
  readonly sequence: number;
  /** Only what was known at this instant is here; null for all that is known. */
  readonly asOf: number | null;
  readonly placement: Placement;
}

/** What is on the screen: the time at its edges, and how many bars wide it is, room beyond the last bar included. */
export interface View {
  readonly from: number;
  readonly until: number;
  readonly barsVisible: number;
}

/** What is known of a series before it is asked for. */
export interface Coverage {
  readonly first: number;
  readonly last: number;
  readonly bars: number;
}

/** A window holds about so many bars, and never more than `mostBars`: every update costs by what is loaded. */
export const usualBars = 6_000;
export const mostBars = 10_000;

/** What was there of a series at an instant, as far as can be told without reading it. */
export function coverageAsOf(
  coverage: Coverage | null,
  asOf: number | null,
  barLength: DurationMs,
): Coverage | null {
  if (coverage === null || asOf === null) return coverage;
  const last = Math.max(coverage.first, Math.min(coverage.last, asOf - barLength));
  const share = (last - coverage.first + barLength) / (coverage.last - coverage.first + barLength);
  return { ...coverage, last, bars: Math.ceil(coverage.bars * share) };
}

/** The share of the time between the first and the last bar that has bars: 0.2 for an equity, 1 for what never closes. */
export function densityOf(coverage: Coverage | null, barLength: DurationMs): number {
  if (coverage === null || coverage.bars <= 1) return 1;
  const share = (coverage.bars * barLength) / (coverage.last - coverage.first + barLength);
  return Math.min(1, Math.max(0.01, Number.isFinite(share) ? share : 1));
}

export interface PlanContext {
  readonly barLength: DurationMs;
  readonly coverage: Coverage | null;
  /** How many bars fit on the screen at the usual zoom. */
  readonly screenBars: number;
  /** How much farther than usual to reach, for where bars are sparser than they are on average. */
  readonly stretch: number;
}

/**
 * The time to load so that a target and one to three more screens on either side of it are there. From the newest bar on it
 * goes on without an end, so that objects which begin later are known.
 */
export function rangeFor(target: Target, context: PlanContext): TimeRange {
  const { barLength, coverage, screenBars, stretch } = context;
  // Without bars there is nothing but objects, whenever they are.
  if (coverage === null && target.kind !== 'around') return wholeRange(-Infinity, Infinity);
  const density = densityOf(coverage, barLength);
  const spanOf = (bars: number) => (bars * barLength * stretch) / density;
  switch (target.kind) {
    case 'latest': {
      const end = (coverage?.last ?? 0) + barLength;
      return wholeRange(end - spanOf(screenBars * 3), Infinity);
    }
    case 'around':
      return wholeRange(target.at - spanOf(screenBars * 1.5), target.at + spanOf(screenBars * 1.5));
    case 'range': {
      const visible = Math.max(1, ((target.until - target.from) * density) / barLength);
      // Three screens, so that one drag after another does not bring a new window each time.
      const wanted = 3 * Math.max(visible, screenBars);
      const pad = spanOf(Math.max(20, Math.min(wanted, (usualBars - visible) / 2)));
      const hasNewest = coverage !== null && target.until + pad > coverage.last;
      return wholeRange(target.from - pad, hasNewest ? Infinity : target.until + pad);
    }
  }
}

/** Whether more must be loaded: an edge that is not the end of the series is nearer than half a screen. */
export function needsMore(window: BarWindow, view: View): boolean {
  const { bars, extent, covered } = window;
  if (extent === null) return false;
  const near = view.barsVisible / 2;
  const before = lowerBound(bars.ts, view.from);
  const after = bars.ts.length - lowerBound(bars.ts, view.until);
  return (before < near && covered.from > extent.first) || (after < near && covered.until <= extent.last);
}

/** Cuts a window that came out larger than wanted to the usual size around the middle of what is looked at. */
export function trimmed(window: BarWindow, middle: number): BarWindow {
  const { bars, covered } = window;
  const count = bars.ts.length;
  if (count <= usualBars) return window;
  const start = Math.min(count - usualBars, Math.max(0, lowerBound(bars.ts, middle) - usualBars / 2));
  const from = start === 0 ? covered.from : epochMs(bars.ts[start] ?? covered.from);
  const until = epochMs(bars.ts[start + usualBars] ?? covered.until);
  return { ...window, bars: sliceBars(bars, from, until), covered: { from, until } };
}

/** The most bars that are shown at once: beside them there must be room in a window for what lies around. */
export const mostShown = 2_800;

/** A range of more bars than may be shown becomes one round its middle, or at the newest bar if it held that. */
export function narrowedTarget(target: Target, key: SeriesKey, coverage: Coverage | null): Target {
  if (target.kind !== 'range' || coverage === null) return target;
  const barLength = timeframeLength(key.timeframe);
  const most = (mostShown * barLength) / densityOf(coverage, barLength);
  if (target.until - target.from <= most) return target;
  const end = coverage.last + barLength;
  const until = target.until >= end ? end : Math.min(end, (target.from + target.until + most) / 2);
  return { kind: 'range', from: until - most, until };
}

/** A target moved so that it touches the series; null when nothing is known of it. */
export function reachable(target: Target, key: SeriesKey, coverage: Coverage | null): Target {
  if (coverage === null || target.kind === 'latest') return target;
  const end = coverage.last + timeframeLength(key.timeframe);
  if (target.kind === 'around') {
    return { kind: 'around', at: epochMs(Math.min(Math.max(target.at, coverage.first), coverage.last)) };
  }
  const span = Math.max(target.until - target.from, timeframeLength(key.timeframe));
  if (target.until <= coverage.first) {
    return { kind: 'range', from: coverage.first, until: coverage.first + span };
  }
  return target.from >= end ? { kind: 'range', from: end - span, until: end } : target;
}

/** Later than anything that a store may hold, by a wide margin. */
export const endOfTime = epochMs(1e14);

/** Times as the contract wants them. */
function wholeRange(from: number, until: number): TimeRange {
  const whole = (value: number) => epochMs(Math.round(Math.min(endOfTime, Math.max(0 - endOfTime, value))));
  const start = whole(from);
  return { from: start, until: epochMs(Math.max(start + 1, whole(until))) };
}
