import type { ObjectState } from './chart-object.ts';

/**
 * Chart objects as a few arrays and texts. Between a page and its preload script every field of every object is copied
 * one by one: a hundred thousand of them took two seconds.
 */
export interface PackedObjects {
  readonly count: number;
  /** A column each; NaN where an object has null. */
  readonly numbers: readonly Float64Array[];
  /** A column each: its different values as one JSON list, and for each object the place in it. */
  readonly values: readonly { readonly texts: string; readonly places: Uint32Array }[];
}

const numberNames = ['event_ts', 't_start', 'sequence', 't_end', 'y_min', 'y_max', 'y', 'step'] as const;
const valueNames = [
  'symbol',
  'timeframe',
  'object_id',
  'object_type',
  'action',
  'reason',
  'payload',
] as const;

/** So many are unpacked between two frames. */
export const packedAtOnce = 5_000;

/** In stretches of at most `packedAtOnce`, in their order. */
export function packObjects(objects: readonly ObjectState[]): readonly PackedObjects[] {
  const packed: PackedObjects[] = [];
  for (let start = 0; start < objects.length; start += packedAtOnce)
    packed.push(packStretch(objects.slice(start, start + packedAtOnce)));
  return packed;
}

function packStretch(objects: readonly ObjectState[]): PackedObjects {
  return {
    count: objects.length,
    numbers: numberNames.map((name) => Float64Array.from(objects, (object) => object[name] ?? Number.NaN)),
    values: valueNames.map((name) => {
      const known = new Map<string, number>();
      const places = Uint32Array.from(objects, (object) => {
        const text = JSON.stringify(object[name]);
        const place = known.get(text) ?? known.size;
        if (place === known.size) known.set(text, place);
        return place;
      });
      return { texts: `[${[...known.keys()].join(',')}]`, places };
    }),
  };
}

/** The objects of one stretch as they were. Values that were alike are one and the same afterwards. */
export function unpackObjects({ count, numbers, values }: PackedObjects): ObjectState[] {
  const lists = values.map(({ texts, places }) => {
    const different = JSON.parse(texts) as unknown[];
    return (index: number) => different[places[index] ?? 0];
  });
  const [eventTs, start, sequence, ...nullable] = numbers;
  const orNull = nullable.map((column) => (index: number) => {
    const value = column[index] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  });
  const [symbol, timeframe, objectId, objectType, action, reason, payload] = lists;
  const [end, low, high, price, step] = orNull;
  return Array.from(
    { length: count },
    // A literal makes them all of one shape, which fields set one after the other by name do not.
    (_, index) =>
      ({
        symbol: symbol?.(index),
        timeframe: timeframe?.(index),
        object_id: objectId?.(index),
        object_type: objectType?.(index),
        action: action?.(index),
        event_ts: eventTs?.[index],
        t_start: start?.[index],
        t_end: end?.(index),
        y_min: low?.(index),
        y_max: high?.(index),
        y: price?.(index),
        step: step?.(index),
        reason: reason?.(index),
        payload: payload?.(index),
        sequence: sequence?.[index],
      }) as ObjectState,
  );
}
