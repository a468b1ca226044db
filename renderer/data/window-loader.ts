import { noBars, unpackBars, type Bars } from '#shared/domain/candle';
import type { TimeRange } from '#shared/domain/time-range';
import { timeframeLength } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { durationMs, epochMs, type DurationMs } from '#shared/units';
import {
  isSameSeries,
  mostBars,
  narrowedTarget,
  needsMore,
  rangeFor,
  reachable,
  trimmed,
  usualBars,
  type BarWindow,
  type Coverage,
  type Placement,
  type SeriesKey,
  type Target,
  type View,
} from './bar-window.ts';
import { keptObjects } from './kept-objects.ts';
import { hasLeadIn, readLeadIn } from './lead-in.ts';

/** While somebody drags, edges are looked at this long after the last movement. */
const settleTime = durationMs(70);
/** Rows that trickle in are gathered for so long before the window is read again. */
const refreshTime = durationMs(120);
const mostStretch = 65_536;

export interface WindowLoaderParts {
  readonly ask: (question: ViewportQuestion) => Promise<ViewportAnswer>;
  readonly coverageOf: (key: SeriesKey) => Coverage | null;
  /** Windows hold what was known at this instant; null for all that is known. */
  readonly asOf: () => number | null;
  readonly onWindow: (window: BarWindow) => void;
  readonly onFailure: (error: unknown) => void;
  /** Runs something later and hands back how to call it off. */
  readonly after: (delay: DurationMs, run: () => void) => () => void;
}

export interface WindowLoader {
  /** Shows a series at a target. Whatever was on its way is forgotten. */
  readonly open: (key: SeriesKey, target: Target) => void;
  /** Says what is on the screen now; more is loaded when an edge comes near. */
  readonly look: (view: View) => void;
  /** Reads the window again, soon, without moving it; bars up to `until` are there now. */
  readonly refresh: (until: number) => void;
  /** Reads the window again at once, as it was known at the instant that holds now. Settles once that is decided. */
  readonly reread: (placement: Placement) => Promise<void>;
  /** Asks again for what failed. */
  readonly retry: () => void;
  readonly setScreenBars: (count: number) => void;
  /** From here on windows come with so many bars before their first one, if there are as many. */
  readonly setLeadIn: (count: number) => void;
  readonly close: () => void;
}

interface Wanted {
  readonly key: SeriesKey;
  readonly range: TimeRange;
  readonly placement: Placement;
}

/**
 * Keeps a window of bars round what is looked at. Panning has one question under way at a time; an answer that a
 * newer `open` has overtaken is dropped.
 */
export function createWindowLoader(parts: WindowLoaderParts): WindowLoader {
  let ticket = 0;
  let busy = false;
  let screenBars = 200;
  let leadInBars = 0;
  let stretch = 1;
  let window: BarWindow | null = null;
  let view: View | null = null;
  let last: Wanted | null = null;
  let isStale = false;
  /** How far the series reached when something last changed. */
  let reached = -Infinity;
  let cancelTimer: (() => void) | null = null;

  function later(delay: DurationMs, run: () => void): void {
    cancelTimer?.();
    cancelTimer = parts.after(delay, () => {
      cancelTimer = null;
      run();
    });
  }

  async function load(wanted: Wanted): Promise<void> {
    const mine = ++ticket;
    const asOf = parts.asOf();
    let gotNothingNew = false;
    busy = true;
    last = wanted;
    try {
      const answer = await parts.ask({ ...wanted.key, ...wanted.range, maxBars: mostBars });
      if (mine !== ticket) return;
      const before = window;
      const isSameState = before?.sequence === answer.sequence && before.key.symbol === wanted.key.symbol;
      const objects = isSameState ? before.objects : [];
      const answered = { ...answer, objects: keptObjects(answer.objects, objects) };
      const next = trimmed(windowOf(wanted, answered, asOf), middleOf(wanted, view, answer));
      const leadIn = leadInBars === 0 ? noBars : await leadInOf(next);
      if (mine !== ticket) return;
      window = { ...next, leadIn };
      gotNothingNew = wanted.placement.kind === 'keep' && before !== null && isSameStretch(before, window);
      parts.onWindow(window);
    } catch (error) {
      if (mine === ticket) parts.onFailure(error);
    } finally {
      if (mine === ticket) busy = false;
    }
    // Asking for the same stretch over and over would never end; the next movement asks again.
    if (mine === ticket && (isStale || !gotNothingNew)) settle();
  }

  function leadInOf({ key, bars, extent }: BarWindow): Promise<Bars> {
    const [until, first] = [bars.ts[0], extent?.first];
    if (until === undefined || first === undefined) return Promise.resolve(noBars);
    return readLeadIn(parts.ask, { key, first, until, count: leadInBars, coverage: parts.coverageOf(key) });
  }

  function shownBars(): number {
    return Math.min(usualBars / 3, Math.max(screenBars, view?.barsVisible ?? 0));
  }

  /** What is due once nothing is under way. */
  function settle(): void {
    if (busy || window === null) return;
    if (isStale) {
      isStale = false;
      void load({ key: window.key, range: rangeNow(window), placement: { kind: 'keep' } });
    } else if (view !== null) {
      extend(window, view);
    }
  }

  /** A window that held the newest bar goes on to hold it. */
  function rangeNow({ key, covered, extent }: BarWindow): TimeRange {
    if (extent !== null && covered.until <= extent.last) return covered;
    const room = screenBars * timeframeLength(key.timeframe);
    return { from: covered.from, until: epochMs(Math.max(covered.until, reached + room)) };
  }

  function extend(current: BarWindow, seen: View): void {
    if (!needsMore(current, seen)) {
      stretch = 1;
      return;
    }
    const range = rangeFor(
      { kind: 'range', from: seen.from, until: seen.until },
      {
        barLength: timeframeLength(current.key.timeframe),
        coverage: parts.coverageOf(current.key),
        screenBars,
        stretch,
      },
    );
    const isNew = range.from < current.covered.from || range.until > current.covered.until;
    if (!isNew && stretch >= mostStretch) return;
    stretch = Math.min(mostStretch, stretch * 2);
    if (isNew) void load({ key: current.key, range, placement: { kind: 'keep' } });
    else extend(current, seen);
  }

  return {
    open(key, target) {
      const coverage = parts.coverageOf(key);
      const placement = narrowedTarget(reachable(target, key, coverage), key, coverage);
      const barLength = timeframeLength(key.timeframe);
      view = null;
      stretch = 1;
      isStale = false;
      reached = -Infinity;
      void load({
        key,
        range: rangeFor(placement, { barLength, coverage, screenBars, stretch }),
        placement,
      });
    },
    look(seen) {
      view = seen;
      if (!isStale) later(settleTime, settle);
    },
    refresh(until) {
      reached = Math.max(reached, until);
      isStale = true;
      later(refreshTime, settle);
    },
    async reread(placement) {
      if (last === null) return;
      if (window === null || !isSameSeries(last.key, window.key)) {
        // Another series is on its way: it comes as of the new instant, to where it was to be.
        await load(last);
        return;
      }
      const { key } = window;
      const [coverage, barLength] = [parts.coverageOf(key), timeframeLength(key.timeframe)];
      cancelTimer?.();
      stretch = 1;
      isStale = false;
      reached = Math.max(reached, parts.asOf() ?? -Infinity);
      const range =
        placement.kind === 'keep'
          ? rangeNow(window)
          : rangeFor(placement, { barLength, coverage, screenBars: shownBars(), stretch });
      await load({ key, range, placement });
    },
    retry() {
      if (last !== null) void load(last);
    },
    setScreenBars(count) {
      screenBars = Math.max(20, Math.round(count));
    },
    setLeadIn(count) {
      leadInBars = count;
      if (window === null || hasLeadIn(window, count)) return;
      isStale = true;
      settle();
    },
    close() {
      ticket += 1;
      cancelTimer?.();
    },
  };
}

function windowOf({ key, range, placement }: Wanted, answer: ViewportAnswer, asOf: number | null): BarWindow {
  const bars = answer.bars.byteLength === 0 ? noBars : unpackBars(answer.bars);
  // The newest bars of the range came; what is older than they are is not covered.
  const isCut = bars.ts.length >= mostBars;
  return {
    key,
    bars,
    leadIn: noBars,
    objects: answer.objects,
    covered: { from: isCut ? epochMs(bars.ts[0] ?? range.from) : range.from, until: range.until },
    extent: extentAsOf(answer.extent, asOf, timeframeLength(key.timeframe)),
    source: answer.source,
    served: answer.served,
    unreadable: answer.unreadable,
    sequence: answer.sequence,
    asOf,
    placement,
  };
}

/** Where the series ends is not known before its last bar is. */
function extentAsOf(
  extent: ViewportAnswer['extent'],
  asOf: number | null,
  barLength: DurationMs,
): BarWindow['extent'] {
  if (extent === null || asOf === null) return extent;
  return { first: extent.first, last: Math.max(extent.first, Math.min(extent.last, asOf - barLength)) };
}

function middleOf({ placement, range }: Wanted, view: View | null, answer: ViewportAnswer): number {
  switch (placement.kind) {
    case 'latest':
      return Math.min(answer.extent?.last ?? range.until, range.until);
    case 'around':
      return placement.at;
    case 'range':
      return (placement.from + placement.until) / 2;
    case 'keep':
      return view === null ? (range.from + range.until) / 2 : (view.from + view.until) / 2;
  }
}

function isSameStretch(a: BarWindow, b: BarWindow): boolean {
  return (
    a.covered.from === b.covered.from &&
    a.covered.until === b.covered.until &&
    a.bars.ts.length === b.bars.ts.length
  );
}
