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

interface Wanted {
  readonly key: SeriesKey;
  readonly range: TimeRange;
  readonly placement: Placement;
}

/**
 * Keeps a window of bars round what is looked at. Panning has one question under way at a time; an answer that a
 * newer `open` has overtaken is dropped.
 */
export class WindowLoader {
  readonly #parts: WindowLoaderParts;
  #ticket = 0;
  #isBusy = false;
  #screenBars = 200;
  #leadInBars = 0;
  #stretch = 1;
  #window: BarWindow | null = null;
  #view: View | null = null;
  #last: Wanted | null = null;
  #isStale = false;
  /** How far the series reached when something last changed. */
  #reached = -Infinity;
  #cancelTimer: (() => void) | null = null;

  constructor(parts: WindowLoaderParts) {
    this.#parts = parts;
  }

  /** Shows a series at a target. Whatever was on its way is forgotten. */
  open(key: SeriesKey, target: Target): void {
    const coverage = this.#parts.coverageOf(key);
    const placement = narrowedTarget(reachable(target, key, coverage), key, coverage);
    const barLength = timeframeLength(key.timeframe);
    this.#view = null;
    this.#stretch = 1;
    this.#isStale = false;
    this.#reached = -Infinity;
    void this.#load({
      key,
      range: rangeFor(placement, {
        barLength,
        coverage,
        screenBars: this.#screenBars,
        stretch: this.#stretch,
      }),
      placement,
    });
  }

  /** Says what is on the screen now; more is loaded when an edge comes near. */
  look(seen: View): void {
    this.#view = seen;
    if (!this.#isStale) this.#later(settleTime, () => this.#settle());
  }

  /** Reads the window again, soon, without moving it; bars up to `until` are there now. */
  refresh(until: number): void {
    this.#reached = Math.max(this.#reached, until);
    this.#isStale = true;
    this.#later(refreshTime, () => this.#settle());
  }

  /** Reads the window again at once, as it was known at the instant that holds now. Settles once that is decided. */
  async reread(placement: Placement): Promise<void> {
    if (this.#last === null) return;
    if (this.#window === null || !isSameSeries(this.#last.key, this.#window.key)) {
      // Another series is on its way: it comes as of the new instant, to where it was to be.
      await this.#load(this.#last);
      return;
    }
    const { key } = this.#window;
    const [coverage, barLength] = [this.#parts.coverageOf(key), timeframeLength(key.timeframe)];
    this.#cancelTimer?.();
    this.#stretch = 1;
    this.#isStale = false;
    this.#reached = Math.max(this.#reached, this.#parts.asOf() ?? -Infinity);
    const range =
      placement.kind === 'keep'
        ? this.#rangeNow(this.#window)
        : rangeFor(placement, { barLength, coverage, screenBars: this.#shownBars(), stretch: this.#stretch });
    await this.#load({ key, range, placement });
  }

  /** Asks again for what failed. */
  retry(): void {
    if (this.#last !== null) void this.#load(this.#last);
  }

  setScreenBars(count: number): void {
    this.#screenBars = Math.max(20, Math.round(count));
  }

  /** From here on windows come with so many bars before their first one, if there are as many. */
  setLeadIn(count: number): void {
    this.#leadInBars = count;
    if (this.#window === null || hasLeadIn(this.#window, count)) return;
    this.#isStale = true;
    this.#settle();
  }

  close(): void {
    this.#ticket += 1;
    this.#cancelTimer?.();
  }

  #later(delay: DurationMs, run: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#parts.after(delay, () => {
      this.#cancelTimer = null;
      run();
    });
  }

  async #load(wanted: Wanted): Promise<void> {
    const mine = ++this.#ticket;
    const asOf = this.#parts.asOf();
    let gotNothingNew = false;
    this.#isBusy = true;
    this.#last = wanted;
    try {
      const answer = await this.#parts.ask({ ...wanted.key, ...wanted.range, maxBars: mostBars });
      if (mine !== this.#ticket) return;
      const before = this.#window;
      const isSameState = before?.sequence === answer.sequence && before.key.symbol === wanted.key.symbol;
      const objects = isSameState ? before.objects : [];
      const answered = { ...answer, objects: keptObjects(answer.objects, objects) };
      const next = trimmed(windowOf(wanted, answered, asOf), middleOf(wanted, this.#view, answer));
      const leadIn = this.#leadInBars === 0 ? noBars : await this.#leadInOf(next);
      if (mine !== this.#ticket) return;
      this.#window = { ...next, leadIn };
      gotNothingNew =
        wanted.placement.kind === 'keep' && before !== null && isSameStretch(before, this.#window);
      this.#parts.onWindow(this.#window);
    } catch (error) {
      if (mine === this.#ticket) this.#parts.onFailure(error);
    } finally {
      if (mine === this.#ticket) this.#isBusy = false;
    }
    // Asking for the same stretch over and over would never end; the next movement asks again.
    if (mine === this.#ticket && (this.#isStale || !gotNothingNew)) this.#settle();
  }

  #leadInOf({ key, bars, extent }: BarWindow): Promise<Bars> {
    const [until, first] = [bars.ts[0], extent?.first];
    if (until === undefined || first === undefined) return Promise.resolve(noBars);
    return readLeadIn(this.#parts.ask, {
      key,
      first,
      until,
      count: this.#leadInBars,
      coverage: this.#parts.coverageOf(key),
    });
  }

  #shownBars(): number {
    return Math.min(usualBars / 3, Math.max(this.#screenBars, this.#view?.barsVisible ?? 0));
  }

  /** What is due once nothing is under way. */
  #settle(): void {
    if (this.#isBusy || this.#window === null) return;
    if (this.#isStale) {
      this.#isStale = false;
      void this.#load({
        key: this.#window.key,
        range: this.#rangeNow(this.#window),
        placement: { kind: 'keep' },
      });
    } else if (this.#view !== null) {
      this.#extend(this.#window, this.#view);
    }
  }

  /** A window that held the newest bar goes on to hold it. */
  #rangeNow({ key, covered, extent }: BarWindow): TimeRange {
    if (extent !== null && covered.until <= extent.last) return covered;
    const room = this.#screenBars * timeframeLength(key.timeframe);
    return { from: covered.from, until: epochMs(Math.max(covered.until, this.#reached + room)) };
  }

  #extend(current: BarWindow, seen: View): void {
    if (!needsMore(current, seen)) {
      this.#stretch = 1;
      return;
    }
    const range = rangeFor(
      { kind: 'range', from: seen.from, until: seen.until },
      {
        barLength: timeframeLength(current.key.timeframe),
        coverage: this.#parts.coverageOf(current.key),
        screenBars: this.#screenBars,
        stretch: this.#stretch,
      },
    );
    const isNew = range.from < current.covered.from || range.until > current.covered.until;
    if (!isNew && this.#stretch >= mostStretch) return;
    this.#stretch = Math.min(mostStretch, this.#stretch * 2);
    if (isNew) void this.#load({ key: current.key, range, placement: { kind: 'keep' } });
    else this.#extend(current, seen);
  }
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
