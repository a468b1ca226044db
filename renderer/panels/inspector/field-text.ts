import type { JsonValue } from '#shared/domain/chart-object';
import { formatInstant } from '../../format/time.ts';

const instants = new Set(['event_ts', 't_start', 't_end', 't0', 't1']);

/** A stored value as people read it: instants as dates of the zone, everything else to the last digit. */
export function fieldText(field: string, value: JsonValue | undefined, zone: string): string {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (value === undefined) return 'absent';
  if (value === null) return field === 't_end' ? 'open' : '–';
  if (typeof value === 'number' && instants.has(name)) return formatInstant(value, zone);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value as it is stored, for who wants an instant in ms. */
export function storedText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
