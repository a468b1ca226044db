import type { Bars } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import type { CalendarId } from '#shared/domain/session-calendar';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { resampleBars, utcBuckets } from '#shared/math/resample';
import { DAY, epochMs, type EpochMs } from '#shared/units';
import { demoObjects } from './demo-objects.ts';
import type { TradeDecision } from './find-trades.ts';
import { minuteBars } from './minute-bars.ts';
import { createRandom } from './random.ts';
import { symbolProfiles, type SymbolProfile } from './symbol-profile.ts';

export interface DemoSymbol {
  readonly symbol: string;
  readonly calendar: CalendarId;
  readonly description: string;
  /** 1m, and 2m, 5m, 15m made of it. */
  readonly bars: ReadonlyMap<Timeframe, Bars>;
}

export interface DemoMarket {
  readonly symbols: readonly DemoSymbol[];
  /** In the order they were known: by time, then object, then sequence. */
  readonly events: readonly ObjectEvent[];
  /** Of each symbol, as they were made. */
  readonly decisions: ReadonlyMap<string, readonly TradeDecision[]>;
}

export interface DemoOptions {
  readonly seed: number;
  /** The last bar ends here. */
  readonly until: EpochMs;
  readonly weeks: number;
}

export const defaultDemo: DemoOptions = {
  seed: 20_250_926,
  until: epochMs(Date.UTC(2025, 8, 26, 20)),
  weeks: 8,
};

const longerTimeframes = ['2m', '5m', '15m'].map(known);

/** Invented markets with their chart objects. The same options give the same rows, on any machine. */
export function demoMarket({ seed, until, weeks }: DemoOptions = defaultDemo): DemoMarket {
  const range = { from: epochMs(until - weeks * 7 * DAY), until };
  const symbols = symbolProfiles.map((profile) => demoSymbol(profile, range, seed));
  const found = symbols.flatMap(({ symbol, bars }, index) => {
    const profile = symbolProfiles[index];
    return profile === undefined ? [] : [{ symbol, ...demoObjects(profile, bars) }];
  });
  return {
    symbols,
    events: found.flatMap(({ events }) => events).sort(compareEvents),
    decisions: new Map(found.map(({ symbol, decisions }) => [symbol, decisions])),
  };
}

function demoSymbol(
  profile: SymbolProfile,
  range: { from: EpochMs; until: EpochMs },
  seed: number,
): DemoSymbol {
  const minutes = minuteBars(profile, range, createRandom(seed, profile.symbol));
  const longer = longerTimeframes.map(
    (timeframe) => [timeframe, resampleBars(minutes, utcBuckets(timeframeLength(timeframe)))] as const,
  );
  const { symbol, calendar, description } = profile;
  return { symbol, calendar, description, bars: new Map([[known('1m'), minutes], ...longer]) };
}

function known(text: string): Timeframe {
  const timeframe = parseTimeframe(text);
  if (timeframe === null) throw new Error(`Not a timeframe: ${text}`);
  return timeframe;
}

function compareEvents(a: ObjectEvent, b: ObjectEvent): number {
  if (a.event_ts !== b.event_ts) return a.event_ts - b.event_ts;
  if (a.object_id !== b.object_id) return a.object_id < b.object_id ? -1 : 1;
  return a.sequence - b.sequence;
}
