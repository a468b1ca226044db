export const objectTypes = ['zone', 'level', 'marker', 'flag'] as const;
export type ObjectType = (typeof objectTypes)[number];

export const objectActions = ['create', 'update', 'close'] as const;
export type ObjectAction = (typeof objectActions)[number];

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * One event of a chart object. Every event carries the whole state, so the last one (by `event_ts`, then `sequence`)
 * is the object as it is known. Field names are those of the stored columns; times are ms UTC, prices in quote currency.
 */
export interface ObjectEvent {
  readonly symbol: string;
  readonly timeframe: string;
  readonly object_id: string;
  readonly object_type: ObjectType;
  readonly action: ObjectAction;
  readonly event_ts: number;
  readonly t_start: number;
  /** Null while the object is open. */
  readonly t_end: number | null;
  readonly y_min: number | null;
  readonly y_max: number | null;
  readonly y: number | null;
  readonly step: number | null;
  readonly reason: string | null;
  /** Parsed when the stored text is JSON, the text itself when it is not. */
  readonly payload: JsonValue;
  readonly sequence: number;
}

/** An object as last known: its last event. */
export type ObjectState = ObjectEvent;
