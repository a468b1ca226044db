import type { JsonValue, ObjectAction, ObjectEvent, ObjectType } from '#shared/domain/chart-object';
import { closeTime, type DetectionSeries } from './detection-series.ts';
import { roundTo } from './round-to.ts';

/** An object as it stands; prices are rounded to the symbol's decimals when it is written. */
export interface ObjectShape {
  readonly from: number;
  readonly low: number;
  readonly high: number;
  /** Only where the object is at one price. */
  readonly price?: number;
  readonly payload: JsonValue;
}

/** The life of one object: each call writes its next event. */
export interface ObjectHistory {
  readonly id: string;
  /** At the end of a bar. */
  readonly atBar: (action: ObjectAction, index: number, shape: ObjectShape, reason: string) => void;
  /** At an instant that no bar ends at. Closing here puts the object's end where `until` says. */
  readonly at: (action: ObjectAction, ts: number, shape: ObjectShape, reason: string, until?: number) => void;
}

/** Hands out numbered objects of one kind and collects their events. */
export function createHistories(series: DetectionSeries, type: ObjectType) {
  const events: ObjectEvent[] = [];
  let objects = 0;

  function open(): ObjectHistory {
    objects += 1;
    let sequence = 0;
    const { symbol, timeframe, decimals } = series;
    const id = `${symbol}-${timeframe}-${type}-${String(objects).padStart(4, '0')}`;
    const write = (
      action: ObjectAction,
      ts: number,
      shape: ObjectShape,
      reason: string,
      step: number | null,
      until: number,
    ) => {
      events.push({
        symbol,
        timeframe,
        object_id: id,
        object_type: type,
        action,
        event_ts: ts,
        t_start: shape.from,
        t_end: action === 'close' ? until : null,
        y_min: roundTo(shape.low, decimals),
        y_max: roundTo(shape.high, decimals),
        y: shape.price === undefined ? null : roundTo(shape.price, decimals),
        step,
        reason,
        payload: shape.payload,
        sequence,
      });
      sequence += 1;
    };
    return {
      id,
      atBar: (action, index, shape, reason) => {
        const ts = closeTime(series, index);
        write(action, ts, shape, reason, series.steps[index] ?? null, ts);
      },
      at: (action, ts, shape, reason, until = ts) => write(action, ts, shape, reason, null, until),
    };
  }

  return { events, open };
}
