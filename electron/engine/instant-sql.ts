import type { FileShape, TimeUnit } from '#shared/domain/file-shape';
import { smallestMs } from '#shared/domain/zone-time';
import { offsetChanges, offsetMsAt } from '#shared/domain/zone-offsets';
import { DAY } from '#shared/units';
import { quoteName } from './sql.ts';

/** Whether a value that does not fit its type is an error or null. */
export type CastMode = 'strict' | 'lenient';

export interface InstantColumn {
  readonly name: string;
  readonly type: string;
  readonly unit: TimeUnit;
  readonly zone: string;
  readonly years?: FileShape['years'];
}

/** Those in which our calendars know the offsets of zones. */
const allYears: NonNullable<FileShape['years']> = [1950, 2099];
const wholeNumber =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT)$/;
const fraction = /^(FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Whether a type, as DuckDB names it, is a whole number or a fraction. */
export function isNumberType(type: string): boolean {
  return wholeNumber.test(type) || fraction.test(type);
}

/**
 * The instant in a column as BIGINT ms UTC, or null when its type is no time. BIGINT ms is the bare column, so that a
 * filter on it still skips row groups; everything else is converted row by row.
 */
export function instantSql({ name, type, unit, zone, years }: InstantColumn, mode: CastMode): string | null {
  const column = quoteName(name);
  if (type === 'BIGINT' && unit === 'ms') return column;
  const cast = mode === 'strict' ? 'CAST' : 'TRY_CAST';
  if (isNumberType(type)) return numberSql(`${cast}(${column} AS BIGINT)`, unit);
  switch (type) {
    case 'TIMESTAMP WITH TIME ZONE':
      return `epoch_ms(${column})`;
    case 'TIMESTAMP':
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
    case 'TIMESTAMP_NS':
    case 'DATE':
      return wallTimeSql(`epoch_ms(CAST(${column} AS TIMESTAMP))`, zone, years);
    case 'VARCHAR':
      return textSql(column, zone, years, cast);
    default:
      return null;
  }
}

/** Whole numbers by what they count; `mixed` decides for each row by its size. */
export function numberSql(value: string, unit: TimeUnit): string {
  switch (unit) {
    case 's':
      return `(${value} * 1000)`;
    case 'ms':
      return value;
    case 'us':
      return `(${value} // 1000)`;
    case 'ns':
      return `(${value} // 1000000)`;
    case 'mixed':
      return `(CASE WHEN abs(${value}) < ${smallestMs} THEN ${value} * 1000 WHEN abs(${value}) < 100000000000000 THEN ${value}
        WHEN abs(${value}) < 100000000000000000 THEN ${value} // 1000 ELSE ${value} // 1000000 END)`;
  }
}

/** What the numbers between two bounds count: seconds, ms, microseconds or nanoseconds since 1970. */
export function unitOf(smallest: number, largest: number): TimeUnit {
  const [low, high] = [unitOfNumber(smallest), unitOfNumber(largest)];
  return low === high ? low : 'mixed';
}

function unitOfNumber(value: number): TimeUnit {
  const size = Math.abs(value);
  if (size < smallestMs) return 's';
  if (size < 1e14) return 'ms';
  return size < 1e17 ? 'us' : 'ns';
}

/** ISO-8601 with or without an offset, or digits: one file may have all of them. */
function textSql(column: string, zone: string, years: FileShape['years'], cast: string): string {
  const text = `upper(trim(${column}))`;
  // DuckDB asks for seconds before an offset, and without one reads its own session's zone.
  const withSeconds = `regexp_replace(${text}, '([T ][0-9]{2}:[0-9]{2})(Z|[+-])', '\\1:00\\2')`;
  return `(CASE
    WHEN ${column} IS NULL OR ${text} = '' THEN NULL
    WHEN regexp_full_match(${text}, '-?[0-9]{9,20}') THEN ${numberSql(`${cast}(${text} AS BIGINT)`, 'mixed')}
    WHEN regexp_matches(${text}, ':[0-9.]+(Z|[+-][0-9]{2}(:?[0-9]{2})?)$') THEN epoch_ms(${cast}(${withSeconds} AS TIMESTAMPTZ))
    ELSE ${wallTimeSql(`epoch_ms(${cast}(${text} AS TIMESTAMP))`, zone, years)} END)`;
}

/** The year that a time without an offset says; null for other types. */
export function yearSql(name: string, type: string): string | null {
  const column = quoteName(name);
  if (/^(TIMESTAMP(_S|_MS|_NS)?|DATE)$/.test(type)) return `year(${column})`;
  return type === 'VARCHAR' ? `TRY_CAST(left(trim(${column}), 4) AS BIGINT)` : null;
}

/**
 * Wall times of a zone as instants, by the rule of `instantOfLocal`: a time that the clocks skip is moved forward, one
 * that they show twice is the first of the two. So an offset holds until the later of the two wall times of its end.
 */
export function wallTimeSql(localMs: string, zone: string, [first, last] = allYears): string {
  const from = Date.UTC(first, 0, 1) - 2 * DAY;
  const changes = offsetChanges(zone, from, Date.UTC(last + 1, 0, 1) + 2 * DAY);
  const offsets = [offsetMsAt(zone, from), ...changes.map((at) => offsetMsAt(zone, at))];
  const ends = changes.map((at, index) => at + Math.max(offsets[index] ?? 0, offsets[index + 1] ?? 0));
  if (ends.length === 0) return `(${localMs} - ${offsets[0] ?? 0})`;
  // A lambda, so that the wall time is worked out once and not at every branch.
  return `list_transform([${localMs}], wall -> wall - ${choiceSql('wall', ends, offsets)})[1]`;
}

/** A balanced tree of CASEs: `offsets[i]` below `ends[i]`. */
function choiceSql(value: string, ends: readonly number[], offsets: readonly number[]): string {
  if (ends.length === 0) return String(offsets[0] ?? 0);
  const middle = ends.length >>> 1;
  const below = choiceSql(value, ends.slice(0, middle), offsets.slice(0, middle + 1));
  const above = choiceSql(value, ends.slice(middle + 1), offsets.slice(middle + 1));
  return `CASE WHEN ${value} < ${ends[middle]} THEN ${below} ELSE ${above} END`;
}
