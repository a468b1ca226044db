import type { ObjectState } from '#shared/domain/chart-object';
import { DAY } from '#shared/units';
import { payloadOf } from './object-tone.ts';

const year = 365 * DAY;
/** Who draws ahead draws a little ahead: times beyond this were written in another unit, or by mistake. */
const farthest = { start: year, end: 10 * year };

/** Whether there is a price to draw an object at; a marker stands beside its bar, and a flag may have its lines. */
export function hasPrice(object: ObjectState): boolean {
  const { object_type: type, y, y_min: low, y_max: high } = object;
  if (type === 'marker') return true;
  if (type === 'level') return y !== null || low !== null || high !== null;
  if (type === 'flag') {
    const { pole, upper, lower } = payloadOf(object);
    const hasLine = [pole, upper, lower].some((line) => typeof line === 'object' && line !== null);
    return hasLine || (low !== null && high !== null);
  }
  return y !== null || (low !== null && high !== null);
}

/** What about an object is not as it should be, each as a sentence. */
export function objectFaults(object: ObjectState): readonly string[] {
  const { event_ts, t_start, t_end, y_min, y_max, payload } = object;
  const isEndFar = t_end !== null && t_end - event_ts > farthest.end;
  return [
    t_end !== null && t_start > t_end ? 'It ends before it begins; the chart draws it between the two.' : '',
    t_start - event_ts > farthest.start ? 'It begins more than a year after it was written.' : '',
    isEndFar ? 'It ends more than ten years after it was written.' : '',
    hasPrice(object) ? '' : 'It has no price, so it is not on the chart.',
    y_min !== null && y_max !== null && y_min > y_max ? 'Its y_min is above its y_max.' : '',
    payload !== null && (typeof payload !== 'object' || Array.isArray(payload))
      ? 'Its payload is not a JSON object.'
      : '',
  ].filter((fault) => fault !== '');
}
