import { lowerBound, noBars, unpackBars } from '#shared/domain/candle';
import { bucketAt, type CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { DAY, type DurationMs } from '#shared/units';
import { isSameSeries, type SeriesKey } from './bar-window.ts';

/** When the bars of a series close, read ahead so that stepping from one to the next rarely waits for an answer. */
export interface BarCloses {
  /** The first close after an instant; null when there is no such bar yet. */
  readonly after: (key: SeriesKey, at: number) => Promise<number | null>;
  /** The last close before an instant; null when there is no such bar. */
  readonly before: (key: SeriesKey, at: number) => Promise<number | null>;
}

export interface BarClosesParts {
  /** Answers with all bars, later ones too. Of those only the times are kept. */
  readonly ask: (question: ViewportQuestion) => Promise<ViewportAnswer>;
  readonly calendarOf: (symbol: string) => CalendarId;
}

/** Every close within (`after`, `through`], in order. */
interface KnownCloses {
  readonly key: SeriesKey;
  readonly after: number;
  readonly through: number;
  readonly closes: readonly number[];
}

const barsAhead = 400;
/** What lies about a market's longest pause: no bar of it is longer from open to close. */
const longestPause = 5 * DAY;

/** Remembers the last stretch that was read, of one series. What `ask` rejects with, its questions reject with. */
export function createBarCloses({ ask, calendarOf }: BarClosesParts): BarCloses {
  let known: KnownCloses | null = null;

  async function read(key: SeriesKey, after: number, through: number) {
    const { symbol, timeframe } = key;
    const length = timeframeLength(timeframe);
    const from = Math.floor(after - openBefore(length));
    const answer = await ask({ symbol, timeframe, from, until: Math.ceil(through), objects: false });
    const { ts } = answer.bars.byteLength === 0 ? noBars : unpackBars(answer.bars);
    const calendar = calendarOf(symbol);
    const closeOf = (open: number) =>
      answer.source === timeframe ? open + length : bucketAt(calendar, timeframe, open).until;
    const closes = Array.from(ts, closeOf).filter((close) => close > after && close <= through);
    known = { key, after, through, closes };
    return { closes, extent: answer.extent };
  }

  return {
    async after(key, at) {
      if (known !== null && isSameSeries(known.key, key) && at >= known.after) {
        const found = known.closes[lowerBound(known.closes, at + 1)];
        if (found !== undefined) return found;
      }
      const length = timeframeLength(key.timeframe);
      for (let reach = barsAhead * length + longestPause, from = at; ; from += reach, reach *= 2) {
        const { closes, extent } = await read(key, from, from + reach);
        if (closes[0] !== undefined) return closes[0];
        if (extent === null || extent.last + openBefore(length) < from + reach) return null;
      }
    },

    async before(key, at) {
      if (known !== null && isSameSeries(known.key, key) && at <= known.through) {
        const found = known.closes[lowerBound(known.closes, at) - 1];
        if (found !== undefined) return found;
      }
      const length = timeframeLength(key.timeframe);
      for (let reach = barsAhead * length + longestPause, until = at; ; until -= reach, reach *= 2) {
        const { closes, extent } = await read(key, until - reach, until);
        const found = closes[lowerBound(closes, at) - 1];
        if (found !== undefined) return found;
        if (extent === null || extent.first > until - reach) return null;
      }
    },
  };
}

/** A bar that is open at an instant opened at most so long before it. */
function openBefore(length: DurationMs): number {
  return length < DAY ? length : length + longestPause;
}
