import type { ObjectEvent } from '#shared/domain/chart-object';
import { lowerBound } from '#shared/domain/candle';
import { closeTime, valueAt, type DetectionSeries } from './detection-series.ts';
import type { TradeSignal } from './trade-signal.ts';

/** A zone's first return is something to trade, away from the zone, when the bar closed outside it again. */
export function zoneSignals(series: DetectionSeries, events: readonly ObjectEvent[]): readonly TradeSignal[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    if (event.action !== 'update' || seen.has(event.object_id)) return [];
    seen.add(event.object_id);
    const signal = signalOf(series, event);
    return signal === null ? [] : [signal];
  });
}

function signalOf(series: DetectionSeries, event: ObjectEvent): TradeSignal | null {
  const index = lowerBound(series.bars.ts, event.event_ts - series.length);
  if (closeTime(series, index) !== event.event_ts || event.y_min === null || event.y_max === null)
    return null;
  const price = valueAt(series.bars.close, index);
  const unit = valueAt(series.range, index);
  const isDemand = price > event.y_max;
  if (!isDemand && price >= event.y_min) return null;
  const stop = isDemand ? event.y_min - 0.25 * unit : event.y_max + 0.25 * unit;
  return {
    ts: event.event_ts,
    side: isDemand ? 'long' : 'short',
    price,
    stop,
    target: price + 1.8 * (price - stop),
    cause: 'zone',
    objectId: event.object_id,
  };
}
