import type { Bars } from '#shared/domain/candle';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { detectionSeries } from './detection-series.ts';
import { distinctZones } from './distinct-zones.ts';
import { findFlags } from './find-flags.ts';
import { findLevels } from './find-levels.ts';
import { findTrades, type TradesFound } from './find-trades.ts';
import { findZones } from './find-zones.ts';
import type { SymbolProfile } from './symbol-profile.ts';
import { zoneSignals } from './zone-signals.ts';

/** Markets that trade all day have four times the bars: the bar is set higher, so that no chart is crowded. */
const rulesOf = {
  'us-equity': {
    zones5: { swing: 10, departure: 4.9, patience: 500 },
    zones15: { swing: 6, departure: 3.4, patience: 260 },
    poles2: 5.2,
    poles5: 3.6,
    poles15: 3.2,
  },
  fx: {
    zones5: { swing: 30, departure: 9.5, patience: 1_200 },
    zones15: { swing: 14, departure: 6, patience: 500 },
    poles2: 10,
    poles5: 7.6,
    poles15: 5.2,
  },
  crypto: {
    zones5: { swing: 36, departure: 11, patience: 1_200 },
    zones15: { swing: 18, departure: 7, patience: 500 },
    poles2: 11,
    poles5: 8.8,
    poles15: 6.6,
  },
} as const;

/** Everything that happened to the zones, levels, flags and markers of one symbol, and what was decided by them. */
export function demoObjects(profile: SymbolProfile, bars: ReadonlyMap<Timeframe, Bars>): TradesFound {
  const [two, five, fifteen] = ['2m', '5m', '15m'].map((text) => seriesOf(profile, bars, text));
  if (two === undefined || five === undefined || fifteen === undefined) return { events: [], decisions: [] };
  const rules = rulesOf[profile.calendar];
  const zones15 = findZones(fifteen, rules.zones15);
  const zones5 = distinctZones(findZones(five, rules.zones5), zones15);
  const flags2 = findFlags(two, { poleHeight: rules.poles2 });
  const flags5 = findFlags(five, { poleHeight: rules.poles5 });
  const flags15 = findFlags(fifteen, { poleHeight: rules.poles15 });
  const signals = [
    ...flags5.signals,
    ...flags15.signals,
    ...zoneSignals(five, zones5),
    ...zoneSignals(fifteen, zones15),
  ];
  const trades = findTrades(five, signals, profile.volumeDecimals);
  const events = [
    ...zones5,
    ...zones15,
    ...findLevels(five),
    ...[flags2, flags5, flags15].flatMap((flags) => flags.events),
    ...trades.events,
  ];
  return { events, decisions: trades.decisions };
}

function seriesOf(
  { symbol, calendar, decimals }: SymbolProfile,
  bars: ReadonlyMap<Timeframe, Bars>,
  text: string,
) {
  const timeframe = parseTimeframe(text);
  const columns = timeframe === null ? undefined : bars.get(timeframe);
  if (timeframe === null || columns === undefined) throw new Error(`No ${text} bars of ${symbol}`);
  return detectionSeries({ symbol, timeframe, calendar, decimals, bars: columns });
}
