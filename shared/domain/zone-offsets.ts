import { WorkbenchError } from '../errors.ts';
import { DAY, MINUTE, SECOND } from '../units.ts';

/** When the clocks of a zone changed: from `starts[i]` on they are `offsets[i]` ms ahead of UTC. */
interface OffsetTable {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
  readonly abbreviations: (string | undefined)[];
  /** Index of the last answer: instants are mostly asked for in order. */
  recent: number;
}

const tableFrom = Date.UTC(1950, 0, 1);
const tableUntil = Date.UTC(2100, 0, 3);
// No zone has ever kept an offset for less than this; a shorter step only costs time.
const sampleStep = 7 * DAY;
const tables = new Map<string, OffsetTable>();

/** Whether the platform knows this IANA zone (`America/New_York`, `UTC`), in any case. */
export function isZone(zone: string): boolean {
  try {
    offsetFormat(zone);
    return true;
  } catch {
    return false;
  }
}

/** How far a zone's clocks are ahead of UTC. Exact from 1950 to 2100; the nearest known offset beyond. */
export function offsetMsAt(zone: string, ts: number): number {
  const table = tableOf(zone);
  return table.offsets[indexAt(table, ts)] ?? 0;
}

/** Minutes east of UTC: -240 for New York in summer. A fraction only where a zone kept local mean time after 1950. */
export function offsetMinutesAt(zone: string, ts: number): number {
  return offsetMsAt(zone, ts) / MINUTE;
}

/** What people call the zone's time at an instant: `EDT`, `EST`, `UTC`, `GMT`, `GMT+9` where there is no English name. */
export function zoneAbbreviation(zone: string, ts: number): string {
  const table = tableOf(zone);
  const index = indexAt(table, ts);
  return (table.abbreviations[index] ??= abbreviationAt(zone, ts));
}

/** The instants within [from, until) at which the zone's clocks change. */
export function offsetChanges(zone: string, from: number, until: number): readonly number[] {
  return tableOf(zone).starts.filter((start) => start >= from && start < until);
}

function indexAt(table: OffsetTable, ts: number): number {
  const { starts, recent } = table;
  if (ts >= (starts[recent] ?? Infinity) && ts < (starts[recent + 1] ?? Infinity)) return recent;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? Infinity) <= ts) low = middle;
    else high = middle - 1;
  }
  return (table.recent = low);
}

function tableOf(zone: string): OffsetTable {
  const known = tables.get(zone);
  if (known !== undefined) return known;
  const built = buildTable(zone);
  tables.set(zone, built);
  return built;
}

function buildTable(zone: string): OffsetTable {
  const format = offsetFormat(zone);
  const offsetAt = (ts: number) => readOffset(format.format(ts));
  const starts = [-Infinity];
  let current = offsetAt(tableFrom);
  const offsets = [current];
  for (let ts = tableFrom; ts < tableUntil; ts += sampleStep) {
    const next = offsetAt(ts + sampleStep);
    if (next === current) continue;
    starts.push(firstInstantOf(next, offsetAt, ts, ts + sampleStep));
    offsets.push(next);
    current = next;
  }
  return { starts, offsets, abbreviations: [], recent: 0 };
}

/** Clocks change on whole seconds. */
function firstInstantOf(
  offset: number,
  offsetAt: (ts: number) => number,
  before: number,
  after: number,
): number {
  let low = before / SECOND;
  let high = after / SECOND;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * SECOND) === offset) high = middle;
    else low = middle;
  }
  return high * SECOND;
}

function offsetFormat(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  } catch (cause) {
    throw new WorkbenchError('argument-invalid', `Not a time zone: ${zone.slice(0, 100)}`, { cause });
  }
}

function readOffset(formatted: string): number {
  const match = /GMT([+-])(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(formatted);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  return (match[1] === '-' ? -seconds : seconds) * SECOND;
}

/** American English has no short names for most European zones, British English has them. */
function abbreviationAt(zone: string, ts: number): string {
  const [american, british] = ['en-US', 'en-GB'].map(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
        .formatToParts(ts)
        .find(({ type }) => type === 'timeZoneName')?.value ?? zone,
  );
  return american?.startsWith('GMT') === true ? (british ?? american) : (american ?? zone);
}
