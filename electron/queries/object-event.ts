import { objectActions, objectTypes, type JsonValue, type ObjectEvent } from '#shared/domain/chart-object';
import { objects } from '#schemas/datasets/objects';
import type { StoredRow } from '#schemas/define-dataset';
import type { PlainRow } from '../engine/read-rows.ts';

const columns = Object.keys(objects.columns);

/** An event from the tail, where rows are lists in column order. */
export function eventOfStoredRow(row: StoredRow): ObjectEvent {
  return eventOfPlainRow(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}

/** An event from a file. What another program wrote may hold anything: it is shown as far as it can be. */
export function eventOfPlainRow(row: PlainRow): ObjectEvent {
  const text = (name: string) => String(row[name] ?? '');
  const number = (name: string) => {
    const value = row[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    symbol: text('symbol'),
    timeframe: text('timeframe'),
    object_id: text('object_id'),
    object_type: objectTypes.find((type) => type === row['object_type']) ?? 'marker',
    action: objectActions.find((action) => action === row['action']) ?? 'update',
    event_ts: number('event_ts') ?? 0,
    t_start: number('t_start') ?? number('event_ts') ?? 0,
    t_end: number('t_end'),
    y_min: number('y_min'),
    y_max: number('y_max'),
    y: number('y'),
    step: number('step'),
    reason: row['reason'] === null || row['reason'] === undefined ? null : text('reason'),
    payload: payloadOf(row['payload']),
    sequence: number('sequence') ?? 0,
  };
}

/** Later by time, then by count; of two writings of one event the later one, so equal ones must come in that order. */
export function byEvent(a: ObjectEvent, b: ObjectEvent): number {
  return a.event_ts - b.event_ts || a.sequence - b.sequence;
}

function payloadOf(text: PlainRow[string] | undefined): JsonValue {
  if (typeof text !== 'string') return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
