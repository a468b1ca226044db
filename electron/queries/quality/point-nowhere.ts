import type { JsonValue, ObjectState } from '#shared/domain/chart-object';
import type { Finding } from '#shared/domain/quality';
import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';

/** What is known of the bars of one symbol. */
export interface SymbolBars {
  readonly timeframes: readonly string[];
  /** Open of the first bar and end of the last one, of any timeframe. */
  readonly from: number;
  readonly until: number;
  /** Whether any bar opens in [from, until) or reaches into it; undefined where nothing can be said. */
  readonly hasBars: (from: number, until: number) => Promise<boolean>;
}

const parentFields = ['parent_id', 'parent', 'parent_object_id', 'zone_id', 'level_id'];

/** Why an object points nowhere; null when it does not. `known` has the ids of all objects of the store. */
export async function nowhere(
  object: ObjectState,
  bars: SymbolBars | undefined,
  known: ReadonlySet<string>,
): Promise<string | null> {
  const { t_start: start, t_end: end } = object;
  if (bars === undefined) return `there are no bars of ${object.symbol}`;
  const timeframe = parseTimeframe(object.timeframe);
  if (timeframe === null) return `${object.timeframe} is no timeframe`;
  const length = timeframeLength(timeframe);
  const isMade = bars.timeframes.some((stored) => {
    const parsed = parseTimeframe(stored);
    return parsed !== null && length % timeframeLength(parsed) === 0;
  });
  if (!isMade) return `there are no ${timeframe} bars of ${object.symbol}, nor shorter ones to make them of`;
  if (end !== null && end < start) return 'it ends before it begins';
  if (start < bars.from) return 'it begins before the first bar';
  if (start >= bars.until) return 'it begins after the last bar';
  // A bar of days may open hours before what is drawn on it.
  const around = length >= DAY ? 4 * DAY : length;
  if (!(await bars.hasBars(start - around + 1, start + around))) return 'there is no bar where it begins';
  const parent = parentOf(object.payload);
  if (parent !== null && !known.has(parent)) return `its parent ${parent} is not there`;
  return null;
}

/** The id of the object that another one says it belongs to; null when it says none. */
export function parentOf(payload: JsonValue): string | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const fields = payload as Readonly<Record<string, JsonValue>>;
  for (const field of parentFields) {
    const value = fields[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** The finding of an object that points nowhere, over all of its time; of one that is open, at its beginning. */
export function objectFinding(object: ObjectState, reason: string): Finding {
  return {
    kind: 'object',
    from: object.t_start,
    through: object.t_end ?? object.t_start,
    rows: 1,
    detail: `${object.object_type} ${object.object_id} (${object.timeframe}): ${reason}`,
    objectId: object.object_id,
  };
}
