import type { StoreChange } from '#shared/domain/store-summary';
import type { Timeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import type { BarWindow } from '../data/bar-window.ts';
import { problemOf, type Problem } from '../data/problem.ts';
import { readComparison, type ComparedCloses } from '../data/read-comparison.ts';

/** A compared symbol as far as it has been read. */
export interface ComparedLine {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** What was read last; null until the first answer. */
  readonly closes: ComparedCloses | null;
  readonly problem: Problem | null;
}

/** What other symbols did over the window of the chart. */
export interface ComparisonSlice {
  readonly lines: readonly ComparedLine[];
  /** Reads these symbols for a window. What was read before stays until the answers are there. */
  readonly follow: (window: BarWindow | null, symbols: readonly string[]) => void;
  /** Reads again what these changes touch. */
  readonly refreshFor: (changes: readonly StoreChange[]) => void;
  readonly retry: () => void;
}

/**
 * Compares nothing until `follow`. `ask` is to answer as of the instant that the chart shows; what it rejects with is
 * the `problem` of that symbol alone.
 */
export function comparisonSlice(
  ask: (question: ViewportQuestion) => Promise<ViewportAnswer>,
  set: (change: Partial<ComparisonSlice>) => void,
  get: () => ComparisonSlice,
): ComparisonSlice {
  /** The window that each symbol was last asked for: answers for another one come too late. */
  const asked = new Map<string, object>();
  let shown: BarWindow | null = null;

  async function read(symbol: string, window: BarWindow): Promise<void> {
    const question = {};
    asked.set(symbol, question);
    const change = await readComparison(ask, symbol, window).then(
      (closes) => ({ closes, problem: null }),
      (error: unknown) => ({ problem: problemOf(error) }),
    );
    if (asked.get(symbol) !== question) return;
    set({ lines: get().lines.map((line) => (line.symbol === symbol ? { ...line, ...change } : line)) });
  }

  function readAgain(isMeant: (line: ComparedLine) => boolean): void {
    if (shown === null) return;
    for (const line of get().lines) if (isMeant(line)) void read(line.symbol, shown);
  }

  return {
    lines: [],

    follow(window, symbols) {
      const isOtherWindow = window !== shown;
      shown = window;
      const before = new Map(get().lines.map((line) => [line.symbol, line]));
      for (const symbol of before.keys()) if (!symbols.includes(symbol)) asked.delete(symbol);
      if (window === null) {
        set({ lines: [] });
        return;
      }
      const { symbol: main, timeframe } = window.key;
      const lines = symbols
        .filter((symbol) => symbol !== main)
        .map((symbol) => {
          const line = before.get(symbol);
          return line?.timeframe === timeframe ? line : { symbol, timeframe, closes: null, problem: null };
        });
      if (lines.length > 0 || get().lines.length > 0) set({ lines });
      for (const line of lines) {
        if (isOtherWindow || before.get(line.symbol) !== line) void read(line.symbol, window);
      }
    },

    refreshFor(changes) {
      const changed = new Set(
        changes.filter(({ dataset }) => dataset === 'candles').map(({ symbol }) => symbol),
      );
      // Files that went say no symbol: any may have been in them.
      readAgain(({ symbol }) => changed.has('') || changed.has(symbol));
    },

    retry: () => readAgain(({ problem }) => problem !== null),
  };
}
