import { allocateBars, barColumns, type Bars, type Candle } from '#shared/domain/candle';
import { sessionsIn, type SessionSpan } from '#shared/domain/session-calendar';
import type { TimeRange } from '#shared/domain/time-range';
import { MINUTE } from '#shared/units';
import { nextMood, type Mood } from './price-mood.ts';
import type { Random } from './random.ts';
import { roundTo } from './round-to.ts';
import type { Moment, SymbolProfile } from './symbol-profile.ts';

/** Where an invented market stands. Its minutes are made one after another, traded or not. */
interface Market {
  price: number;
  mood: Mood;
  minutesLeft: number;
  anchor: number;
}

const ticksPerMinute = 6;
/** Moods add movement of their own: this brings a day's volatility back to what the profile says. */
const moodDiscount = 0.8;

/** The 1m bars of an invented market, in its sessions only; minutes without a trade have none. */
export function minuteBars(profile: SymbolProfile, range: TimeRange, random: Random): Bars {
  const spans = openSpans(profile, range);
  const halt = haltOf(profile, spans);
  const mood = nextMood(null, 0, random);
  const market: Market = {
    price: profile.startPrice,
    mood,
    minutesLeft: mood.minutes,
    anchor: profile.startPrice,
  };
  const candles: Candle[] = [];
  let closedAt: number | null = null;
  for (const span of spans) {
    if (closedAt !== null && closedAt < span.from)
      jump(market, profile.gapShare * profile.dailyVolatility, random);
    for (let ts = Math.max(span.from, range.from); ts < Math.min(span.until, range.until); ts += MINUTE) {
      const moment = momentOf(span, ts);
      if (ts === halt?.until) jump(market, 1.5 * profile.dailyVolatility, random);
      const candle = tradeMinute(profile, market, moment, random);
      if (candle !== null && !isHalted(halt, ts)) candles.push(candle);
    }
    closedAt = span.until;
  }
  return toBars(candles);
}

function openSpans(profile: SymbolProfile, range: TimeRange): readonly SessionSpan[] {
  const kinds = profile.hours === 'extended' ? ['regular', 'extended'] : ['regular'];
  return sessionsIn(profile.calendar, range).filter(({ kind }) => kinds.includes(kind));
}

/** Late in the morning of a day in the sixth of eight weeks. */
function haltOf({ haltMinutes }: SymbolProfile, spans: readonly SessionSpan[]) {
  const span = spans[Math.floor(spans.length * 0.68)];
  if (haltMinutes === null || span === undefined) return null;
  const from = span.from + 97 * MINUTE;
  return { from, until: from + haltMinutes * MINUTE };
}

function isHalted(halt: ReturnType<typeof haltOf>, ts: number): boolean {
  return halt !== null && ts >= halt.from && ts < halt.until;
}

function momentOf(span: SessionSpan, ts: number): Moment {
  const progress = (ts - span.from) / (span.until - span.from);
  if (span.kind === 'regular') return { phase: 'regular', progress, ts };
  return { phase: startsAfterNoon(span) ? 'after' : 'before', progress, ts };
}

/** After-hours trading begins at 16:00 New York, pre-market at 04:00: either side of 15:00 UTC all year round. */
function startsAfterNoon({ from }: SessionSpan): boolean {
  return Math.floor(from / (60 * MINUTE)) % 24 >= 15;
}

/** Lets a minute pass. Null when nobody traded; the price has moved all the same. */
function tradeMinute(profile: SymbolProfile, market: Market, moment: Moment, random: Random): Candle | null {
  passMood(profile, market, random);
  const activity = profile.activityAt(moment);
  const volatility = minuteVolatility(profile) * Math.sqrt(activity) * market.mood.volatility;
  const drift = market.mood.drift * minuteVolatility(profile) * Math.sqrt(activity);
  const pull = market.mood.pull * (market.anchor / market.price - 1);
  const open = market.price;
  let [high, low] = [open, open];
  for (let tick = 0; tick < ticksPerMinute; tick += 1) {
    const move = (drift + pull) / ticksPerMinute + (volatility / Math.sqrt(ticksPerMinute)) * random.normal();
    market.price *= 1 + move;
    high = Math.max(high, market.price);
    low = Math.min(low, market.price);
  }
  const volume = volumeOf(profile, moment, activity * relativeRange(high, low, open, profile), random);
  if (!random.isTrue(profile.tradeProbability(moment, activity)) || volume === 0) return null;
  const round = (price: number) => roundTo(price, profile.decimals);
  return {
    ts: moment.ts,
    open: round(open),
    high: round(high),
    low: round(low),
    close: round(market.price),
    volume,
  };
}

function passMood(profile: SymbolProfile, market: Market, random: Random): void {
  market.minutesLeft -= 1;
  if (market.minutesLeft > 0) return;
  const stretch = (market.price / profile.startPrice - 1) / (profile.dailyVolatility * Math.sqrt(5));
  market.mood = nextMood(market.mood, stretch, random);
  market.minutesLeft = market.mood.minutes;
  market.anchor = market.price;
}

function jump(market: Market, size: number, random: Random): void {
  market.price *= 1 + size * random.normal();
  market.anchor = market.price;
}

function minuteVolatility({ calendar, dailyVolatility }: SymbolProfile): number {
  const minutesPerDay = calendar === 'us-equity' ? 390 : 1440;
  return (moodDiscount * dailyVolatility) / Math.sqrt(minutesPerDay);
}

/** Minutes that move far trade much. 1 for an ordinary one. */
function relativeRange(high: number, low: number, open: number, profile: SymbolProfile): number {
  return 0.45 + (0.35 * (high - low)) / (open * minuteVolatility(profile));
}

function volumeOf(profile: SymbolProfile, { phase }: Moment, activity: number, random: Random): number {
  const luck = random.next();
  const skewed = 0.6 + 0.5 * luck + 1.2 * luck * luck * luck * luck * luck;
  // Outside regular hours prices move on very little volume.
  const share = phase === 'regular' ? 1 : 0.08;
  return roundTo(profile.volumePerMinute * share * activity * skewed, profile.volumeDecimals);
}

function toBars(candles: readonly Candle[]): Bars {
  const bars = allocateBars(candles.length);
  candles.forEach((candle, index) => {
    for (const column of barColumns) bars[column][index] = candle[column];
  });
  return bars;
}
