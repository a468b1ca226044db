import type { Candle } from '#shared/domain/candle';
import { tick } from '#shared/domain/timeframe';
import { MINUTE } from '#shared/units';
import { quotes } from '#schemas/datasets/quotes';
import { trades } from '#schemas/datasets/trades';
import type { DemoMarket, DemoSymbol } from './demo-market.ts';
import { demoRow, type DatasetRows, type Values } from './demo-rows.ts';
import { createRandom, type Random } from './random.ts';
import { roundTo, stepsOf } from './round-to.ts';
import { symbolProfiles, type SymbolProfile } from './symbol-profile.ts';

interface Trade {
  readonly ts: number;
  readonly sequence: number;
  readonly price: number;
  readonly size: number;
  readonly side: 'buy' | 'sell';
}

const minutes = 60;
const tradesPerMinute = 8;
const source = 'demo';
const seed = 7;

/** The trades that the last hour of each invented market is made of, and the quotes they met: the same every time. */
export function demoTicks({ symbols }: DemoMarket): readonly DatasetRows[] {
  const made = symbols.flatMap((symbol) => {
    const profile = symbolProfiles.find((each) => each.symbol === symbol.symbol);
    return profile === undefined ? [] : [{ profile, made: tradesOf(symbol, profile) }];
  });
  return [
    {
      dataset: trades,
      rows: made.flatMap(({ profile: { symbol }, made: own }) =>
        own.map((trade) => demoRow(trades, symbol, { timeframe: tick, source, ...trade })),
      ),
    },
    {
      dataset: quotes,
      rows: made.flatMap(({ profile, made: own }) =>
        own.map((trade) => demoRow(quotes, profile.symbol, quoteBefore(trade, profile))),
      ),
    },
  ];
}

function tradesOf({ symbol, bars }: DemoSymbol, profile: SymbolProfile): readonly Trade[] {
  const random = createRandom(seed, symbol);
  const shortest = [...bars.values()][0];
  if (shortest === undefined) return [];
  const last = shortest.ts.length;
  return Array.from({ length: Math.min(minutes, last) }, (_, index) => {
    const at = last - Math.min(minutes, last) + index;
    const candle: Candle = {
      ts: shortest.ts[at] ?? 0,
      open: shortest.open[at] ?? 0,
      high: shortest.high[at] ?? 0,
      low: shortest.low[at] ?? 0,
      close: shortest.close[at] ?? 0,
      volume: shortest.volume[at] ?? 0,
    };
    return tradesOfMinute(candle, index * tradesPerMinute, profile, random);
  }).flat();
}

/** They add up to the bar: its open first, its close last, its extremes and its volume in between. */
function tradesOfMinute(
  { ts, open, high, low, close, volume }: Candle,
  firstSequence: number,
  { decimals, volumeDecimals }: SymbolProfile,
  random: Random,
): readonly Trade[] {
  const between = () => roundTo(random.between(low, high), decimals);
  const extremes = close >= open ? [low, between(), high] : [high, between(), low];
  const path = [open, between(), ...extremes, between(), between(), close];
  const units = Math.round(volume * stepsOf(volumeDecimals));
  const count = Math.min(path.length, units);
  let left = units - count;
  return path.slice(0, count).map((price, index): Trade => {
    const extra = index === count - 1 ? left : Math.floor(((2 * left) / (count - index)) * random.next());
    left -= extra;
    const before = path[index - 1] ?? price;
    return {
      ts: ts + Math.floor(((index + random.next()) * MINUTE) / path.length),
      sequence: firstSequence + index + 1,
      price,
      size: roundTo((1 + extra) / stepsOf(volumeDecimals), volumeDecimals),
      side: price >= before ? 'buy' : 'sell',
    };
  });
}

/** A buyer takes what is offered, a seller what is bid. */
function quoteBefore({ ts, sequence, price, size, side }: Trade, { decimals }: SymbolProfile): Values {
  const step = 1 / stepsOf(decimals);
  return {
    timeframe: tick,
    source,
    ts,
    sequence,
    bid: roundTo(side === 'buy' ? price - step : price, decimals),
    bid_size: side === 'buy' ? size * 2 : size,
    ask: roundTo(side === 'buy' ? price : price + step, decimals),
    ask_size: side === 'buy' ? size : size * 2,
  };
}
