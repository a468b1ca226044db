import type { StoreChange } from '#shared/domain/store-summary';
import { journalDatasets } from '#shared/domain/journal';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { Client, ViewportQuestion } from '#shared/ipc';
import type { DurationMs, EpochMs } from '#shared/units';
import {
  coverageAsOf,
  isSameSeries,
  type BarWindow,
  type Coverage,
  type Placement,
  type SeriesKey,
  type Target,
  type View,
} from '../data/bar-window.ts';
import type { BarFaults, ObjectCounts } from '../data/object-counts.ts';
import { problemOf, type Problem } from '../data/problem.ts';
import { WindowLoader } from '../data/window-loader.ts';

/** Which bars the chart shows, and where it looks. */
export interface ChartSlice {
  readonly key: SeriesKey | null;
  /** The timeframe that was chosen: that of `key`, unless longer bars are shown in its place. */
  readonly base: Timeframe | null;
  readonly window: BarWindow | null;
  /** A question for another series is under way. */
  readonly isOpening: boolean;
  readonly problem: Problem | null;
  /** Bars and objects show as they were known at this instant; null for as they are. */
  readonly asOf: number | null;
  readonly view: View | null;
  /** The newest bar is on the screen: new ones move the chart on. */
  readonly isFollowing: boolean;
  /** Open of the bar under the crosshair. */
  readonly cursor: number | null;
  /** Null until the chart has drawn something. */
  readonly counts: ObjectCounts | null;
  readonly faults: BarFaults | null;
  /** What lies between the two trading days whose break is pointed at. */
  readonly breakReading: string | null;
  /** How many bars the chart holds at the usual zoom. */
  readonly screenBars: number;
  /** `base` is the timeframe that was chosen, where another one is shown in its place. */
  readonly open: (key: SeriesKey, target: Target, base?: Timeframe) => void;
  readonly setBase: (base: Timeframe) => void;
  readonly goTo: (at: EpochMs) => void;
  readonly goLive: () => void;
  /** Shows what was known at an instant, or with null all that is known. Settles once it shows. */
  readonly knowAsOf: (at: number | null, placement: Placement) => Promise<void>;
  readonly look: (view: View, isFollowing: boolean) => void;
  readonly point: (cursor: number | null) => void;
  /** Reads the window again if these changes touch it. */
  readonly refreshFor: (changes: readonly StoreChange[]) => void;
  readonly retry: () => void;
  readonly setScreenBars: (count: number) => void;
  /** How many bars before the window indicators settle on. */
  readonly setLeadIn: (count: number) => void;
  readonly noteCounts: (counts: ObjectCounts) => void;
  readonly noteFaults: (faults: BarFaults) => void;
  /** Tells main, once, that there is something to see. */
  readonly noteBreak: (reading: string | null) => void;
  readonly notePainted: (elapsedMs: number) => void;
}

export interface ChartSliceParts {
  readonly client: Client;
  /** Answers as of the instant that holds. */
  readonly ask: (question: ViewportQuestion) => Promise<ViewportAnswer>;
  readonly coverageOf: (key: SeriesKey) => Coverage | null;
  readonly after: (delay: DurationMs, run: () => void) => () => void;
}

/** Shows nothing until `open`. What fails is shown as `problem`, beside the bars that were there; nothing rejects. */
export function chartSlice(
  parts: ChartSliceParts,
  set: (change: Partial<ChartSlice>) => void,
  get: () => ChartSlice,
): ChartSlice {
  let isPainted = false;
  const loader = new WindowLoader({
    ask: parts.ask,
    coverageOf: (key) => coverageAsOf(parts.coverageOf(key), get().asOf, timeframeLength(key.timeframe)),
    asOf: () => get().asOf,
    onWindow: (window) => set({ window, isOpening: false, problem: null }),
    onFailure: (error) => set({ isOpening: false, problem: problemOf(error) }),
    after: parts.after,
  });
  return {
    key: null,
    base: null,
    window: null,
    isOpening: false,
    problem: null,
    asOf: null,
    view: null,
    isFollowing: true,
    cursor: null,
    counts: null,
    faults: null,
    breakReading: null,
    screenBars: 200,

    open(key, target, base) {
      const isOther = !isSameSeries(key, get().key);
      const kept = key.timeframe === get().key?.timeframe ? get().base : null;
      set({ base: base ?? kept ?? key.timeframe });
      set({ key, isOpening: isOther || get().window === null, problem: null, cursor: null });
      loader.open(key, target);
    },

    setBase: (base) => set({ base }),

    goTo(at) {
      const { key, open } = get();
      if (key !== null) open(key, { kind: 'around', at });
    },

    goLive() {
      const { key, open } = get();
      if (key !== null) open(key, { kind: 'latest' });
    },

    async knowAsOf(at, placement) {
      set({ asOf: at });
      await loader.reread(placement);
    },

    look(view, isFollowing) {
      set({ view, isFollowing });
      loader.look(view);
    },

    point(cursor) {
      if (cursor !== get().cursor) set({ cursor });
    },

    refreshFor(changes) {
      const { key } = get();
      const touching = key === null ? [] : changes.filter((change) => touches(change, key));
      if (touching.length === 0) return;
      const bars = touching.filter(({ dataset }) => dataset === 'candles');
      loader.refresh(Math.max(...bars.map(({ until }) => until), -Infinity));
    },

    retry() {
      set({ problem: null, isOpening: get().window === null });
      loader.retry();
    },

    setScreenBars(count) {
      set({ screenBars: count });
      loader.setScreenBars(count);
    },

    setLeadIn: (count) => loader.setLeadIn(count),

    noteCounts(counts) {
      if (JSON.stringify(counts) !== JSON.stringify(get().counts)) set({ counts });
    },

    noteBreak(breakReading) {
      if (breakReading !== get().breakReading) set({ breakReading });
    },

    noteFaults: (faults) => set({ faults }),

    notePainted(elapsedMs) {
      if (isPainted) return;
      isPainted = true;
      const { window } = get();
      const bars = window?.bars.ts.length ?? 0;
      // Only a picture taken from outside waits for this: it must not disturb whoever uses the window.
      parts.client.window
        .painted({ bars, objects: window?.objects.length ?? 0, elapsedMs })
        .catch(() => null);
    },
  };
}

/** Objects of any timeframe show; bars count when they are those shown, or those that they are made from. */
function touches(change: StoreChange, key: SeriesKey): boolean {
  // Files that went say no symbol: any may have been in them.
  if (change.symbol !== '' && change.symbol !== key.symbol) return false;
  if (journalDatasets.some((journal) => journal === change.dataset)) return false;
  const changed: Timeframe | null = parseTimeframe(change.timeframe);
  if (change.dataset !== 'candles' || changed === null) return true;
  return timeframeLength(key.timeframe) % timeframeLength(changed) === 0;
}
