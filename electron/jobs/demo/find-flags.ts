import type { ObjectEvent } from '#shared/domain/chart-object';
import { closeTime, isBeforePause, valueAt, type DetectionSeries } from './detection-series.ts';
import {
  boundary,
  findPole,
  firstBars,
  fitChannel,
  isConsolidating,
  mirrored,
  type Channel,
  type Line,
  type Pole,
} from './flag-geometry.ts';
import { createHistories, type ObjectHistory, type ObjectShape } from './object-history.ts';
import { roundTo } from './round-to.ts';
import type { TradeSignal } from './trade-signal.ts';

export interface FlagRules {
  /** Height of a pole in average true ranges. */
  readonly poleHeight: number;
}

interface Flag {
  readonly history: ObjectHistory;
  readonly pole: Pole;
  channel: Channel;
  /** The last bar that the channel was fitted to. */
  fitted: number;
  /** Set when price has left the channel the way of the pole; mirrored. */
  breakout: { readonly index: number; readonly target: number; readonly stop: number } | null;
}

export interface FoundFlags {
  readonly events: readonly ObjectEvent[];
  /** Every breakout, as something to trade. */
  readonly signals: readonly TradeSignal[];
}

const mostConsolidation = 24;
const mostAfterBreakout = 40;

/**
 * Bull and bear flags, one at a time: opened when a pole is followed by a few quiet bars, refitted on every bar,
 * broken out of, and closed at the target, when invalidated, when nothing happens, or when trading pauses.
 */
export function findFlags(series: DetectionSeries, rules: FlagRules): FoundFlags {
  const histories = createHistories(series, 'flag');
  const signals: TradeSignal[] = [];
  let flag: Flag | null = null;
  let searchFrom = 0;
  for (let index = 0; index < series.bars.ts.length; index += 1) {
    if (flag === null) {
      const pole = poleOfFlag(series, index, searchFrom, rules);
      if (pole !== null) flag = openFlag(series, pole, index, histories.open());
      continue;
    }
    const wasForming = flag.breakout === null;
    const ending = advance(flag, series, index);
    if (ending !== null) {
      flag.history.atBar('close', index, shapeOf(flag, series, ending), ending);
      searchFrom = index;
      flag = null;
    } else if (wasForming) {
      const reason = flag.breakout === null ? 'extended' : 'breakout';
      flag.history.atBar(
        'update',
        index,
        shapeOf(flag, series, reason === 'breakout' ? reason : 'forming'),
        reason,
      );
      if (flag.breakout !== null) signals.push(signalOf(flag, series, flag.breakout));
    }
  }
  return { events: histories.events, signals };
}

function poleOfFlag(
  series: DetectionSeries,
  index: number,
  searchFrom: number,
  rules: FlagRules,
): Pole | null {
  const last = index - firstBars;
  for (const sign of [1, -1] as const) {
    const pole = findPole(series, last, sign, rules.poleHeight);
    if (pole !== null && pole.first >= searchFrom && isConsolidating(series, pole, index)) return pole;
  }
  return null;
}

function openFlag(series: DetectionSeries, pole: Pole, index: number, history: ObjectHistory): Flag {
  const flag: Flag = {
    history,
    pole,
    channel: fitChannel(series, pole, index),
    fitted: index,
    breakout: null,
  };
  history.atBar('create', index, shapeOf(flag, series, 'forming'), 'pole');
  return flag;
}

/** Lets a bar act on a flag; what ends it, or null. */
function advance(flag: Flag, series: DetectionSeries, index: number): string | null {
  const { pole, channel } = flag;
  const { high, close } = mirrored(series, index, pole.sign);
  const height = pole.top - pole.foot;
  const unit = valueAt(series.range, index);
  if (flag.breakout !== null) {
    if (high >= flag.breakout.target) return 'target';
    if (close < flag.breakout.stop) return 'invalidated';
    if (index - flag.breakout.index >= mostAfterBreakout) return 'expired';
    return isBeforePause(series, index) ? 'session-end' : null;
  }
  const offset = channel.slope * (index - pole.last - 1);
  if (close < pole.top - 0.6 * height || close < channel.lower + offset - 0.4 * unit) return 'invalidated';
  if (isBeforePause(series, index)) return 'session-end';
  if (close > channel.upper + offset + 0.1 * unit) {
    const stop = channel.lower + offset - 0.1 * unit;
    flag.breakout = { index, target: close + 0.7 * height, stop };
    return null;
  }
  if (index - pole.last >= mostConsolidation) return 'expired';
  flag.channel = fitChannel(series, pole, index);
  flag.fitted = index;
  return null;
}

function shapeOf(flag: Flag, series: DetectionSeries, status: string): ObjectShape {
  const { pole, channel, fitted, breakout } = flag;
  const round = (price: number) => roundTo(price, series.decimals);
  const rounded = ({ t0, p0, t1, p1 }: Line) => ({ t0, p0: round(p0), t1, p1: round(p1) });
  const from = valueAt(series.bars.ts, pole.first);
  const lines = {
    pole: {
      t0: from,
      p0: pole.sign * pole.foot,
      t1: valueAt(series.bars.ts, pole.last),
      p1: pole.sign * pole.top,
    },
    upper: boundary(series, pole, channel, pole.sign === 1 ? 'upper' : 'lower', fitted),
    lower: boundary(series, pole, channel, pole.sign === 1 ? 'lower' : 'upper', fitted),
  };
  const prices = Object.values(lines).flatMap(({ p0, p1 }) => [p0, p1]);
  return {
    from,
    low: Math.min(...prices),
    high: Math.max(...prices),
    payload: {
      direction: pole.sign === 1 ? 'bull' : 'bear',
      label: pole.sign === 1 ? 'Bull flag' : 'Bear flag',
      status,
      pole: rounded(lines.pole),
      upper: rounded(lines.upper),
      lower: rounded(lines.lower),
      target: breakout === null ? null : round(pole.sign * breakout.target),
      stop: breakout === null ? null : round(pole.sign * breakout.stop),
    },
  };
}

function signalOf(
  { pole, history }: Flag,
  series: DetectionSeries,
  { index, target, stop }: NonNullable<Flag['breakout']>,
): TradeSignal {
  return {
    ts: closeTime(series, index),
    side: pole.sign === 1 ? 'long' : 'short',
    price: valueAt(series.bars.close, index),
    target: pole.sign * target,
    stop: pole.sign * stop,
    cause: 'flag',
    objectId: history.id,
  };
}
