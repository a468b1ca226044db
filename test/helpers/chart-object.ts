import type { ObjectEvent } from '#shared/domain/chart-object';

/** An object of which only what matters to a test need be said: a demand zone from 0 to 60 s between 10 and 20. */
export function chartObject(change: Partial<ObjectEvent> = {}): ObjectEvent {
  return {
    symbol: 'SPY',
    timeframe: '5m',
    object_id: 'zone-1',
    object_type: 'zone',
    action: 'create',
    event_ts: 0,
    t_start: 0,
    t_end: 60_000,
    y_min: 10,
    y_max: 20,
    y: null,
    step: null,
    reason: null,
    payload: { side: 'demand', label: 'Demand' },
    sequence: 0,
    ...change,
  };
}
