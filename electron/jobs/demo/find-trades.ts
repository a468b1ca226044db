import { lowerBound } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { MINUTE } from '#shared/units';
import { closeTime, isBeforePause, valueAt, type DetectionSeries } from './detection-series.ts';
import { createHistories, type ObjectShape } from './object-history.ts';
import { roundTo } from './round-to.ts';
import type { TradeSignal } from './trade-signal.ts';

interface Trade {
  readonly id: string;
  readonly signal: TradeSignal;
  readonly entryIndex: number;
  readonly entryPrice: number;
  readonly quantity: number;
  readonly exitIndex: number;
  readonly exitPrice: number;
  /** Null while the position is open where the bars end. */
  readonly exit: 'target' | 'stop' | 'session-end' | 'time' | null;
}

/** What became of one signal, or of a position: told with the instant it was decided at. */
export interface TradeDecision {
  readonly ts: number;
  readonly action: 'enter-long' | 'enter-short' | 'skip' | 'exit';
  readonly price: number;
  /** Null where nothing is traded. */
  readonly quantity: number | null;
  readonly reason: string;
  readonly signal: TradeSignal;
  /** Null where there was no trade. */
  readonly trade: string | null;
  /** Of a trade that has ended, in quote currency. */
  readonly profit: number | null;
}

export interface TradesFound {
  readonly events: readonly ObjectEvent[];
  readonly decisions: readonly TradeDecision[];
}

type Histories = ReturnType<typeof createHistories>;

const riskPerTrade = 500;
const longestTrade = 72;
/** A signal older than this has no bar to be filled at: a night or a halt came between. */
const latestFill = 20 * MINUTE;

/** Trades the signals one position at a time: marks at the bars where that happened, and what was decided each time. */
export function findTrades(
  series: DetectionSeries,
  signals: readonly TradeSignal[],
  quantityDecimals: number,
): TradesFound {
  const histories = createHistories(series, 'marker');
  const inOrder = [...signals].sort((a, b) => a.ts - b.ts || (a.objectId < b.objectId ? -1 : 1));
  let freeFrom = -Infinity;
  let trades = 0;
  const decisions: TradeDecision[] = [];
  const skip = (signal: TradeSignal, reason: string) => {
    const { ts, price } = signal;
    decisions.push({ ts, action: 'skip', price, quantity: null, reason, signal, trade: null, profit: null });
  };
  for (const signal of inOrder) {
    if (signal.ts < freeFrom) {
      skip(signal, 'a position is open');
      continue;
    }
    const id = `${series.symbol}-trade-${String(trades + 1).padStart(3, '0')}`;
    const trade = runTrade(series, signal, id, quantityDecimals);
    if (trade === null) {
      skip(signal, 'no bar to fill it at, or too little to win for the risk');
      continue;
    }
    trades += 1;
    markEntry(series, trade, histories);
    markExit(series, trade, histories);
    decisions.push(...decisionsOf(series, trade));
    freeFrom = trade.exit === null ? Infinity : closeTime(series, trade.exitIndex);
  }
  return { events: histories.events, decisions };
}

function decisionsOf(series: DetectionSeries, trade: Trade): TradeDecision[] {
  const { id, signal, quantity, exit, exitIndex, exitPrice } = trade;
  const entry: TradeDecision = {
    ts: signal.ts,
    action: signal.side === 'long' ? 'enter-long' : 'enter-short',
    price: roundTo(signal.price, series.decimals),
    quantity,
    reason: `${signal.cause} of ${signal.objectId}`,
    signal,
    trade: id,
    profit: null,
  };
  if (exit === null) return [entry];
  return [
    entry,
    {
      ...entry,
      ts: closeTime(series, exitIndex),
      action: 'exit',
      price: exitPrice,
      reason: exit,
      profit: profitOf(trade),
    },
  ];
}

function profitOf({ signal, entryPrice, exitPrice, quantity }: Trade): number {
  const sign = signal.side === 'long' ? 1 : -1;
  return roundTo(sign * (exitPrice - entryPrice) * quantity, 2);
}

function runTrade(
  series: DetectionSeries,
  signal: TradeSignal,
  id: string,
  quantityDecimals: number,
): Trade | null {
  const { bars, range, decimals } = series;
  const entryIndex = lowerBound(bars.ts, signal.ts);
  if (entryIndex >= bars.ts.length || valueAt(bars.ts, entryIndex) - signal.ts > latestFill) return null;
  const sign = signal.side === 'long' ? 1 : -1;
  const entryPrice = valueAt(bars.open, entryIndex);
  const risk = sign * (entryPrice - signal.stop);
  const reward = sign * (signal.target - entryPrice);
  if (risk < 0.4 * valueAt(range, entryIndex) || reward < 0.8 * risk) return null;
  const quantity = roundTo(riskPerTrade / risk, quantityDecimals);
  const { index, exit, price } = leave(series, signal, entryIndex);
  if (quantity === 0) return null;
  return {
    id,
    signal,
    entryIndex,
    entryPrice,
    quantity,
    exitIndex: index,
    exit,
    exitPrice: roundTo(price, decimals),
  };
}

/** Where a position that was entered at a bar's open ends. In a bar that reaches both, the stop comes first. */
function leave(series: DetectionSeries, { side, stop, target }: TradeSignal, entryIndex: number) {
  const { bars } = series;
  const last = bars.ts.length - 1;
  for (let index = entryIndex; index <= last; index += 1) {
    const [low, high, open, close] = [bars.low, bars.high, bars.open, bars.close].map((column) =>
      valueAt(column, index),
    );
    if (low === undefined || high === undefined || open === undefined || close === undefined) break;
    // A bar that opens beyond a price fills at its open.
    if (side === 'long' && low <= stop) return { index, exit: 'stop', price: Math.min(open, stop) } as const;
    if (side === 'short' && high >= stop)
      return { index, exit: 'stop', price: Math.max(open, stop) } as const;
    if (side === 'long' && high >= target)
      return { index, exit: 'target', price: Math.max(open, target) } as const;
    if (side === 'short' && low <= target)
      return { index, exit: 'target', price: Math.min(open, target) } as const;
    if (isBeforePause(series, index)) return { index, exit: 'session-end', price: close } as const;
    if (index - entryIndex >= longestTrade) return { index, exit: 'time', price: close } as const;
  }
  return { index: last, exit: null, price: Number.NaN } as const;
}

/** The order is placed when the signal is known and filled at the next bar's open. */
function markEntry(series: DetectionSeries, trade: Trade, histories: Histories): void {
  const { signal, entryIndex, entryPrice, quantity } = trade;
  const from = valueAt(series.bars.ts, entryIndex);
  const text = `${signal.side === 'long' ? 'Long' : 'Short'} ${quantity}`;
  const history = histories.open();
  const shape = (price: number, status: string): ObjectShape => ({
    from,
    low: price,
    high: price,
    price,
    payload: {
      kind: 'entry',
      ...common(trade),
      price: roundTo(price, series.decimals),
      text,
      pnl: null,
      status,
    },
  });
  history.at('create', signal.ts, shape(signal.price, 'working'), signal.cause);
  history.at('close', closeTime(series, entryIndex), shape(entryPrice, 'filled'), 'filled', from);
}

/** Seen filled at the end of its bar, and settled a bar later. */
function markExit(series: DetectionSeries, trade: Trade, histories: Histories): void {
  const { exitIndex, exitPrice, exit } = trade;
  if (exit === null) return;
  const pnl = profitOf(trade);
  const from = valueAt(series.bars.ts, exitIndex);
  const seen = closeTime(series, exitIndex);
  const history = histories.open();
  const shape = (status: string): ObjectShape => ({
    from,
    low: exitPrice,
    high: exitPrice,
    price: exitPrice,
    payload: {
      kind: exit === 'stop' ? 'stop' : 'exit',
      ...common(trade),
      price: exitPrice,
      text: `${pnl < 0 ? '−' : '+'}${Math.abs(Math.round(pnl))}`,
      pnl,
      status,
    },
  });
  history.at('create', seen, shape('filled'), exit);
  const settled = seen + series.length;
  if (settled <= closeTime(series, series.bars.ts.length - 1))
    history.at('close', settled, shape('settled'), 'settled', from);
}

function common({ id, signal, quantity }: Trade) {
  return { side: signal.side, qty: quantity, trade: id, cause: signal.cause, cause_object: signal.objectId };
}
