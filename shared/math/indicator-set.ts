import type { Bars } from '../domain/candle.ts';
import { atr, atrSettling, atrWarmUp } from './atr.ts';
import { bollinger, bollingerWarmUp } from './bollinger.ts';
import { ema, emaSettling, emaWarmUp } from './ema.ts';
import { macd, macdSettling, macdWarmUp } from './macd.ts';
import { rsi, rsiSettling, rsiWarmUp } from './rsi.ts';
import { trendDirection, trendSettling, trendWarmUp } from './trend-direction.ts';
import { volatilityRegime, volatilitySettling, volatilityWarmUp } from './volatility-regime.ts';

/** An indicator and its parameters. Periods count bars. */
export type Indicator =
  | { readonly kind: 'ema'; readonly period: number }
  | { readonly kind: 'bollinger'; readonly period: number; readonly deviations: number }
  | { readonly kind: 'rsi'; readonly period: number }
  | { readonly kind: 'macd'; readonly fast: number; readonly slow: number; readonly signal: number }
  | { readonly kind: 'atr'; readonly period: number }
  | { readonly kind: 'trend' }
  | { readonly kind: 'volatility' };

export type IndicatorKind = Indicator['kind'];

/** What is drawn of an indicator: one value a bar. */
export type LineName =
  'average' | 'middle' | 'upper' | 'lower' | 'strength' | 'line' | 'signal' | 'histogram' | 'range' | 'state';

export interface IndicatorLine {
  readonly name: LineName;
  /** As long as the window. NaN where there is no value. */
  readonly values: Float64Array;
}

export interface IndicatorSeries {
  /**
   * The lines of a kind, always in the same order. `state` is 1 up, -1 down, 0 neither for `trend`, and an index into
   * `volatilityRegimes` for `volatility`.
   */
  readonly lines: readonly IndicatorLine[];
  /** How many more bars there would have to be for the newest one to have a value; 0 when it has. */
  readonly missing: number;
}

/** Bars before the first value. */
export function indicatorWarmUp(indicator: Indicator): number {
  switch (indicator.kind) {
    case 'ema':
      return emaWarmUp(indicator.period);
    case 'bollinger':
      return bollingerWarmUp(indicator.period);
    case 'rsi':
      return rsiWarmUp(indicator.period);
    case 'macd':
      return macdWarmUp(indicator);
    case 'atr':
      return atrWarmUp(indicator.period);
    case 'trend':
      return trendWarmUp;
    case 'volatility':
      return volatilityWarmUp;
  }
}

/** Bars that must lie before a value so that it no longer shows, to a part in 10^12, where the bars began. */
export function indicatorSettling(indicator: Indicator): number {
  switch (indicator.kind) {
    case 'ema':
      return emaSettling(indicator.period);
    case 'bollinger':
      return bollingerWarmUp(indicator.period);
    case 'rsi':
      return rsiSettling(indicator.period);
    case 'macd':
      return macdSettling(indicator);
    case 'atr':
      return atrSettling(indicator.period);
    case 'trend':
      return trendSettling;
    case 'volatility':
      return volatilitySettling;
  }
}

/**
 * The values of an indicator over a window. The first `leadIn` of the bars lie before it and are there to be settled
 * on: with `indicatorSettling` of them, or all that exist, the values do not depend on the window.
 *
 * A bar without a finite price has no value and is passed over: it would leave none to any bar after it.
 */
export function indicatorSeries(indicator: Indicator, bars: Bars, leadIn = 0): IndicatorSeries {
  const sound = soundBars(bars);
  const count = sound === null ? bars.close.length : sound.length;
  const lines = linesOf(indicator, sound === null ? bars : pick(bars, sound));
  return {
    lines: lines.map(({ name, values }) => ({
      name,
      values: (sound === null ? values : spread(values, sound, bars.close.length)).subarray(leadIn),
    })),
    missing: Math.max(0, indicatorWarmUp(indicator) + 1 - count),
  };
}

function linesOf(indicator: Indicator, bars: Bars): readonly IndicatorLine[] {
  switch (indicator.kind) {
    case 'ema':
      return [{ name: 'average', values: ema(bars.close, indicator.period).values }];
    case 'bollinger': {
      const { middle, upper, lower } = bollinger(bars.close, indicator.period, indicator.deviations);
      return [
        { name: 'middle', values: middle },
        { name: 'upper', values: upper },
        { name: 'lower', values: lower },
      ];
    }
    case 'rsi':
      return [{ name: 'strength', values: rsi(bars.close, indicator.period).values }];
    case 'macd': {
      const { line, signal, histogram } = macd(bars.close, indicator);
      return [
        { name: 'histogram', values: histogram },
        { name: 'line', values: line },
        { name: 'signal', values: signal },
      ];
    }
    case 'atr':
      return [{ name: 'range', values: atr(bars, indicator.period).values }];
    case 'trend':
      return [{ name: 'state', values: statesOf(trendDirection(bars.close).values, trendWarmUp) }];
    case 'volatility':
      return [{ name: 'state', values: statesOf(volatilityRegime(bars).values, volatilityWarmUp) }];
  }
}

function statesOf(values: Int8Array, warmUp: number): Float64Array {
  return Float64Array.from(values, (value, index) => (index < warmUp ? Number.NaN : value));
}

/** Indices of the bars with a finite high, low and close; null when that is all of them. */
function soundBars({ high, low, close }: Bars): Uint32Array | null {
  const sound = new Uint32Array(close.length);
  let count = 0;
  for (let index = 0; index < close.length; index += 1) {
    // A sum is finite only if each part of it is.
    if (!Number.isFinite((high[index] ?? 0) + (low[index] ?? 0) + (close[index] ?? 0))) continue;
    sound[count] = index;
    count += 1;
  }
  return count === close.length ? null : sound.subarray(0, count);
}

function pick(bars: Bars, indices: Uint32Array): Bars {
  const column = (values: Float64Array) => Float64Array.from(indices, (index) => values[index] ?? Number.NaN);
  return {
    ts: column(bars.ts),
    open: column(bars.open),
    high: column(bars.high),
    low: column(bars.low),
    close: column(bars.close),
    volume: column(bars.volume),
  };
}

function spread(values: Float64Array, indices: Uint32Array, count: number): Float64Array {
  const whole = new Float64Array(count).fill(Number.NaN);
  indices.forEach((index, at) => (whole[index] = values[at] ?? Number.NaN));
  return whole;
}
