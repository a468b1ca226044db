import { counted } from '#shared/counted';
import { barFields, type BarField, type ColumnMap } from '#shared/domain/import';
import { UnreadableImport } from './unreadable.ts';

export type Mapping = { readonly [Field in BarField]?: number };

/** What columns are called, in the order in which one is preferred, without case, spaces and signs. */
const names: Readonly<Record<BarField, readonly string[]>> = {
  time: [
    ...['ts', 'timestamp', 'opentime', 'datetime', 'time', 'begin', 'start', 'starttime', 'bartime', 't'],
    ...['unix', 'unixtime', 'unixtimestamp', 'epoch', 'tsms', 'timestampms', 'opentimems', 'gmttime'],
    ...['tsiso', 'date', 'day', 'closetime', 'endtime', 'tsclose', 'timestampclose'],
  ],
  date: ['date', 'day'],
  open: ['open', 'o', 'openprice', 'first'],
  high: ['high', 'h', 'highprice', 'max'],
  low: ['low', 'l', 'lowprice', 'min'],
  close: ['close', 'c', 'closeprice', 'last'],
  volume: ['volume', 'vol', 'v', 'basevolume', 'tickvolume', 'tickvol'],
  symbol: ['symbol', 'ticker', 'instrument', 'sym'],
  timeframe: ['timeframe', 'interval', 'tf'],
};

const closingTimes = new Set(['closetime', 'endtime', 'tsclose', 'timestampclose']);
/** A column of the time of day, beside which the date stands in one of its own. */
const timesOfDay = new Set(['time', 'bartime', 't']);

/** Whether a column by its name holds the ends of bars. */
export function namesClose(name: string): boolean {
  return closingTimes.has(plainName(name));
}

/** How many of these could be names of columns of bars. */
export function countKnownNames(columns: readonly string[]): number {
  const known = new Set(Object.values(names).flat());
  return columns.filter((name) => known.has(plainName(name))).length;
}

/** What each column is: as it was said, else by its name. A name that stands there twice has to be said by its place. */
export function mapByName(columns: readonly string[], given: ColumnMap, isNamed = true): Mapping {
  const mapping: { -readonly [Field in BarField]?: number } = {};
  const byName = isNamed ? columns.map(plainName) : [];
  for (const field of barFields) {
    const said = given[field];
    if (said === '') continue;
    const place =
      said === undefined ? placeOf(field, byName, columns) : placeSaid(field, said, columns, isNamed);
    if (place !== null) mapping[field] = place;
  }
  if (given.date === undefined && mapping.date !== undefined) {
    const time = byName[mapping.time ?? -1] ?? '';
    if (mapping.date === mapping.time || !timesOfDay.has(time)) delete mapping.date;
  }
  return mapping;
}

function placeOf(field: BarField, byName: readonly string[], columns: readonly string[]): number | null {
  const wanted = names[field].find((name) => byName.includes(name));
  if (wanted === undefined) return null;
  const place = byName.indexOf(wanted);
  if (byName.lastIndexOf(wanted) !== place)
    throw new UnreadableImport(twice(columns[place] ?? wanted, field, place));
  return place;
}

function placeSaid(field: BarField, said: string, columns: readonly string[], isNamed: boolean): number {
  const byPlace = /^#([1-9]\d{0,3})$/.exec(said);
  if (byPlace !== null) {
    const place = Number(byPlace[1]) - 1;
    if (place < columns.length) return place;
    throw new UnreadableImport(`has ${counted(columns.length, 'column')}; ${field} was said to be ${said}`);
  }
  const alike = columns.flatMap((name, place) =>
    isNamed && name.trim().toLowerCase() === said.trim().toLowerCase() ? [place] : [],
  );
  const [place, second] = alike;
  if (place === undefined) {
    const list = isNamed ? columns.join(', ') : 'known by place only (#1 is the first)';
    throw new UnreadableImport(`has no column ${said} for ${field}; its columns are ${list}`);
  }
  if (second !== undefined) throw new UnreadableImport(twice(said, field, place));
  return place;
}

function twice(name: string, field: BarField, place: number): string {
  return `has the column ${name} twice; say which one is meant by its place, such as ${field}=#${place + 1}`;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
