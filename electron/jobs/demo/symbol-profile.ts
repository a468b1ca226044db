import type { CalendarId, Hours } from '#shared/domain/session-calendar';
import { HOUR, MINUTE } from '#shared/units';

/** How an invented market of the demo behaves. */
export interface SymbolProfile {
  readonly symbol: string;
  readonly calendar: CalendarId;
  readonly description: string;
  /** The hours it has bars in. */
  readonly hours: Hours;
  readonly startPrice: number;
  readonly decimals: number;
  /** Standard deviation of a day's return. */
  readonly dailyVolatility: number;
  /** Standard deviation of the jump over a night, as a share of a day's. */
  readonly gapShare: number;
  readonly volumePerMinute: number;
  readonly volumeDecimals: number;
  /** How lively the market is at a time of its session: 1 on average. */
  readonly activityAt: (moment: Moment) => number;
  /** The probability that a minute sees a trade. */
  readonly tradeProbability: (moment: Moment, activity: number) => number;
  /** The length of a trading halt in the sixth week; null for none. */
  readonly haltMinutes: number | null;
}

/** A minute as its market sees it. */
export interface Moment {
  readonly phase: 'before' | 'regular' | 'after';
  /** Position within the phase, 0 to 1. */
  readonly progress: number;
  readonly ts: number;
}

export const symbolProfiles: readonly SymbolProfile[] = [
  {
    symbol: 'SPY',
    calendar: 'us-equity',
    description: 'Index fund with pre-market and after-hours trading',
    hours: 'extended',
    startPrice: 622.4,
    decimals: 2,
    dailyVolatility: 0.0078,
    gapShare: 0.45,
    volumePerMinute: 145_000,
    volumeDecimals: 0,
    activityAt: equityActivity,
    tradeProbability: extendedHoursProbability,
    haltMinutes: null,
  },
  {
    symbol: 'EURUSD',
    calendar: 'fx',
    description: 'Currency pair, Sunday to Friday; volume counts price changes',
    hours: 'regular',
    startPrice: 1.1585,
    decimals: 5,
    dailyVolatility: 0.0048,
    gapShare: 0.3,
    volumePerMinute: 92,
    volumeDecimals: 0,
    activityAt: ({ ts }) => fxActivity[hourOf(ts)] ?? 1,
    tradeProbability: () => 1,
    haltMinutes: null,
  },
  {
    symbol: 'BTC-USD',
    calendar: 'crypto',
    description: 'Crypto pair that never closes',
    hours: 'regular',
    startPrice: 114_250,
    decimals: 2,
    dailyVolatility: 0.019,
    gapShare: 0,
    volumePerMinute: 4.6,
    volumeDecimals: 3,
    activityAt: ({ ts }) => (isWeekend(ts) ? 0.6 : 1.1) * (cryptoActivity[hourOf(ts)] ?? 1),
    tradeProbability: () => 1,
    haltMinutes: null,
  },
  {
    symbol: 'KLTR',
    calendar: 'us-equity',
    description: 'Thinly traded small company: minutes without a trade, and one halt',
    hours: 'regular',
    startPrice: 18.4,
    decimals: 2,
    dailyVolatility: 0.027,
    gapShare: 0.55,
    volumePerMinute: 1_150,
    volumeDecimals: 0,
    activityAt: equityActivity,
    tradeProbability: (_moment, activity) => Math.min(0.97, 0.12 + 0.42 * activity),
    haltMinutes: 65,
  },
];

const fxActivity = [
  0.7, 0.7, 0.65, 0.6, 0.6, 0.7, 0.95, 1.3, 1.45, 1.35, 1.2, 1.1, 1.35, 1.6, 1.7, 1.55, 1.2, 0.9, 0.75, 0.65,
  0.5, 0.4, 0.5, 0.65,
];
const cryptoActivity = [
  1.1, 1, 0.95, 0.85, 0.8, 0.8, 0.8, 0.85, 0.9, 0.95, 0.9, 0.9, 1, 1.25, 1.45, 1.4, 1.25, 1.1, 1.05, 1, 1,
  0.95, 0.95, 1.05,
];

/** High at the open, quiet at noon, rising into the close. */
function equityActivity({ phase, progress }: Moment): number {
  if (phase !== 'regular') return 0.3;
  const fromNoon = progress - 0.58;
  const openingRush = Math.max(0, 1 - progress / 0.12);
  return 0.62 + 2.6 * fromNoon * fromNoon + 0.9 * openingRush * openingRush;
}

/** Busier towards the open and just after the close. */
function extendedHoursProbability({ phase, progress }: Moment): number {
  if (phase === 'regular') return 1;
  const nearness = phase === 'before' ? progress : 1 - progress;
  return 0.15 + 0.65 * nearness * nearness;
}

function hourOf(ts: number): number {
  return Math.floor(ts / HOUR) % 24;
}

function isWeekend(ts: number): boolean {
  const weekday = Math.floor(ts / (24 * 60 * MINUTE) + 4) % 7;
  return weekday === 0 || weekday === 6;
}
