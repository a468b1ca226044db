import type { Client } from '#shared/ipc';
import { timeframeLength } from '#shared/domain/timeframe';
import { durationMs, type DurationMs } from '#shared/units';
import { createBarCloses } from '../data/bar-closes.ts';
import { problemOf, type Problem } from '../data/problem.ts';
import { coverageIn } from '../data/timeframes.ts';
import type { Placement } from '../data/bar-window.ts';
import { symbolIn, type CatalogSlice } from './catalog-slice.ts';
import type { ChartSlice } from './chart-slice.ts';

/** Bars a second. */
export const replaySpeeds = [1, 2, 5, 10, 30] as const;
export type ReplaySpeed = (typeof replaySpeeds)[number];

export type Direction = 'next' | 'previous';

/** Going through the past: the instant itself is `chart.asOf`. */
export interface ReplaySlice {
  readonly isPlaying: boolean;
  readonly speed: ReplaySpeed;
  /** What there was none of when last asked to move. */
  readonly missing: 'later-bar' | 'earlier-bar' | 'later-event' | 'earlier-event' | null;
  readonly problem: Problem | null;
  /** The field in which an instant is typed is to take the focus as soon as it is there. */
  readonly isInstantAsked: boolean;
  /** Begins at what is at the right edge of the screen. */
  readonly enter: () => Promise<void>;
  /** Back to all that is known, and to the newest bar. */
  readonly leave: () => Promise<void>;
  /** Of instants that are asked for while one is under way, only the last is shown. */
  readonly moveTo: (at: number) => Promise<void>;
  /** To the close of the next bar, or of the one before. */
  readonly step: (direction: Direction) => Promise<void>;
  /** To when an object next changed, or last did. */
  readonly jump: (direction: Direction) => Promise<void>;
  readonly play: () => Promise<void>;
  readonly pause: () => void;
  readonly setSpeed: (speed: ReplaySpeed) => void;
  readonly askForInstant: (isAsked: boolean) => void;
}

export interface ReplaySliceParts {
  readonly client: Client;
  readonly after: (delay: DurationMs, run: () => void) => () => void;
  readonly chart: () => ChartSlice;
  readonly catalog: () => CatalogSlice;
}

const atNewest: Placement = { kind: 'latest', keepsZoom: true };

/**
 * The past begins with `enter`, `play` or `moveTo`; before that `step` and `jump` do nothing. When a bar or event cannot
 * be looked up, playing stops and `problem` says why; nothing rejects.
 */
export function replaySlice(
  { client, after, chart, catalog }: ReplaySliceParts,
  set: (change: Partial<ReplaySlice>) => void,
  get: () => ReplaySlice,
): ReplaySlice {
  const closes = createBarCloses({
    ask: (question) => client.candles.viewport(question),
    calendarOf: (symbol) => symbolIn(catalog(), symbol)?.calendar ?? 'crypto',
  });
  /** Whoever changes the instant takes a ticket: a step that was overtaken does nothing. */
  let ticket = 0;
  let run = 0;
  let wanted: number | null = null;
  let moving: Promise<void> | null = null;

  /** Moves on to the close of a bar; false when there is none. */
  async function stepOnce(direction: Direction): Promise<boolean> {
    const { key, asOf } = chart();
    if (key === null || asOf === null) return false;
    const mine = ++ticket;
    const find = direction === 'next' ? closes.after : closes.before;
    const at = await find(key, asOf);
    if (mine !== ticket) return true;
    set({ missing: at !== null ? null : direction === 'next' ? 'later-bar' : 'earlier-bar', problem: null });
    if (at !== null) await chart().knowAsOf(at, placementFor(at));
    return at !== null;
  }

  /** Bars that are looked at stay; the newest one stays where it is. */
  function placementFor(at: number): Placement {
    const { window, isFollowing } = chart();
    if (window === null || window.asOf === null) return atNewest;
    const earliest = window.bars.ts[0] ?? Infinity;
    const isThere = at - timeframeLength(window.key.timeframe) > earliest;
    return isThere || !isFollowing ? { kind: 'keep' } : atNewest;
  }

  async function guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      set({ isPlaying: false, problem: problemOf(error) });
    }
  }

  return {
    isPlaying: false,
    speed: 2,
    missing: null,
    problem: null,
    isInstantAsked: false,

    enter: () =>
      guarded(async () => {
        const { key, view, isFollowing, asOf } = chart();
        if (key === null || asOf !== null) return;
        const coverage = coverageIn(symbolIn(catalog(), key.symbol), key.timeframe);
        if (coverage === null) return;
        const end = coverage.last + timeframeLength(key.timeframe);
        const edge = view === null || isFollowing ? end : Math.min(end, view.until);
        // Whole bars: what is at the edge of the screen is rarely the close of one.
        const at = (await closes.before(key, Math.floor(edge) + 1)) ?? end;
        set({ missing: null, problem: null });
        await get().moveTo(at);
      }),

    async leave() {
      ticket += 1;
      wanted = null;
      set({ isPlaying: false, missing: null, problem: null });
      await chart().knowAsOf(null, atNewest);
    },

    async moveTo(at) {
      ticket += 1;
      wanted = Math.round(at);
      set({ missing: null });
      moving ??= (async () => {
        while (wanted !== null) {
          const next = wanted;
          wanted = null;
          await chart().knowAsOf(next, atNewest);
        }
      })().finally(() => {
        moving = null;
      });
      await moving;
    },

    step: (direction) =>
      guarded(async () => {
        set({ isPlaying: false });
        await stepOnce(direction);
      }),

    jump: (direction) =>
      guarded(async () => {
        const { key, asOf } = chart();
        if (key === null || asOf === null) return;
        const mine = ++ticket;
        set({ isPlaying: false });
        const at = await client.objects.nextEvent({ symbol: key.symbol, at: asOf, direction });
        if (mine !== ticket) return;
        if (at === null) set({ missing: direction === 'next' ? 'later-event' : 'earlier-event' });
        else await get().moveTo(at);
      }),

    play: () =>
      guarded(async () => {
        if (get().isPlaying) return;
        const mine = ++run;
        set({ isPlaying: true });
        await get().enter();
        if (chart().asOf === null) set({ isPlaying: false });
        else if (!chart().isFollowing) await chart().knowAsOf(chart().asOf, atNewest);
        while (get().isPlaying && mine === run) {
          const started = performance.now();
          if (!(await stepOnce('next'))) set({ isPlaying: false });
          const rest = 1_000 / get().speed - (performance.now() - started);
          await new Promise<void>((resume) => void after(durationMs(Math.max(0, rest)), resume));
        }
      }),

    pause: () => set({ isPlaying: false }),
    setSpeed: (speed) => set({ speed }),
    askForInstant: (isInstantAsked) => set({ isInstantAsked }),
  };
}
