import { objectActions, objectTypes } from '#shared/domain/chart-object';
import {
  choice,
  defineDataset,
  double,
  instant,
  integer,
  isoOf,
  json,
  optional,
  schemaVersion,
  symbol,
  text,
  timeframe,
} from '../define-dataset.ts';

export const objects = defineDataset({
  name: 'objects',
  version: 1,
  doc: 'Events of chart objects; each carries the whole state, so the last one is the object as it stands.',
  folder: 'objects',
  columns: {
    symbol: symbol('The instrument the object is drawn on.'),
    timeframe: timeframe('Timeframe the object was found on; upper and lower case mean the same.'),
    object_id: text('Stable name of the object over its whole life.', 256),
    object_type: choice(objectTypes, 'What it is.'),
    action: choice(objectActions, 'What happened to it.'),
    event_ts: instant('When it happened, ms since 1970 in UTC.'),
    event_ts_iso: isoOf('event_ts', 'The same instant as UTC ISO-8601 with milliseconds.'),
    t_start: instant('Where the object begins on the time axis, ms since 1970 in UTC.'),
    t_end: optional(instant('Where it ends; null while it is open.')),
    y_min: optional(double('Lower edge, in quote currency.')),
    y_max: optional(double('Upper edge, in quote currency.')),
    y: optional(double('Price of a level or marker, in quote currency.')),
    step: optional(double('Bar index or step of the algorithm that wrote the event.')),
    reason: optional(text('Why it happened, in the words of the writer.')),
    payload: optional(json('Whatever else the writer knows, as JSON text.')),
    sequence: integer("Counts the object's events; orders those of one instant."),
    schema_version: schemaVersion(),
  },
  key: ['object_id', 'event_ts', 'sequence'],
  sortedBy: ['symbol', 'event_ts', 'object_id', 'sequence'],
  instant: 'event_ts',
  levels: ['part', 'month'],
  priceLow: ['y_min', 'y'],
  priceHigh: ['y_max', 'y'],
  check: (value) => {
    const [low, high] = [value('y_min'), value('y_max')];
    if (low > high) return { field: 'y_min', reason: `${low} is above y_max (${high})` };
    if (value('t_end') < value('t_start')) return { field: 't_end', reason: 'is before t_start' };
    return null;
  },
});
