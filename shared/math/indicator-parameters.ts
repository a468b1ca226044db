import type { Indicator, IndicatorKind } from './indicator-set.ts';

/** A parameter of an indicator: what it is called, what is usual, and between what it may lie. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly usual: number;
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
}

/** No indicator within its parameters' limits settles over more bars than this. */
export const mostSettling = 10_000;

const period = (usual: number, max: number, label = 'Period', name = 'period'): Parameter => ({
  name,
  label,
  usual,
  min: 1,
  max,
  isWhole: true,
});

/** The parameters of each kind, in the order in which they are asked for. */
export const indicatorParameters: Readonly<Record<IndicatorKind, readonly Parameter[]>> = {
  ema: [period(21, 500)],
  bollinger: [
    { ...period(20, 500), min: 2 },
    { name: 'deviations', label: 'Deviations', usual: 2, min: 0.1, max: 10, isWhole: false },
  ],
  rsi: [period(14, 300)],
  macd: [
    period(12, 499, 'Fast', 'fast'),
    { ...period(26, 500, 'Slow', 'slow'), min: 2 },
    period(9, 100, 'Signal', 'signal'),
  ],
  atr: [period(14, 300)],
  trend: [],
  volatility: [],
};

export const indicatorKinds = Object.keys(indicatorParameters) as readonly IndicatorKind[];

/** An indicator with parameters that may come from anywhere; what is left out is what is usual. */
export function indicatorOf(kind: IndicatorKind, values: Readonly<Record<string, number>> = {}): Indicator {
  const parameters = indicatorParameters[kind].map(({ name, usual }) => [name, values[name] ?? usual]);
  return { kind, ...Object.fromEntries(parameters) } as Indicator;
}

/** The value of one parameter of an indicator. */
export function parameterOf(indicator: Indicator, name: string): number {
  return Number((indicator as unknown as Readonly<Record<string, number>>)[name]);
}

/** What is wrong with an indicator's parameters, by their names; empty when nothing is. */
export function parameterFaults(indicator: Indicator): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const { name, label, min, max, isWhole } of indicatorParameters[indicator.kind]) {
    const value = parameterOf(indicator, name);
    if (!(value >= min && value <= max)) faults[name] = `${label} must be from ${min} to ${max}`;
    else if (isWhole && !Number.isInteger(value)) faults[name] = `${label} must be a whole number`;
  }
  if (indicator.kind === 'macd' && Object.keys(faults).length === 0 && indicator.fast >= indicator.slow) {
    faults['fast'] = 'Fast must be shorter than slow';
  }
  return faults;
}
