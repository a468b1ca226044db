import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import { decodeName, encodeName } from './encode-name.ts';
import { isPeriod } from './layout.ts';

export const eventTiers = ['live', 'historical', 'archive', 'cold'] as const;
export type EventTier = (typeof eventTiers)[number];

const eventArrangements = ['BySymbol', 'ByDate', 'ByType', 'Flat'] as const;
const eventPartitions = ['none', 'hourly', 'daily', 'monthly'] as const;
const eventFormats = ['jsonl', 'jsonl.gz', 'jsonl.zst', 'parquet'] as const;
export type EventPartition = (typeof eventPartitions)[number];
export type EventFormat = (typeof eventFormats)[number];

/** How the files of a collector's events (trades, quotes, bars) are named. */
export interface EventLayout {
  readonly arrangement: (typeof eventArrangements)[number];
  readonly partition: EventPartition;
  readonly format: EventFormat;
  /** Files lie below `<tier>/<provider>/` instead of `events/`. */
  readonly isTiered: boolean;
}

/** Every layout there is. */
export const eventLayouts: readonly EventLayout[] = eventArrangements.flatMap((arrangement) =>
  eventPartitions.flatMap((partition) =>
    eventFormats.flatMap((format) =>
      [true, false].map((isTiered) => ({ arrangement, partition, format, isTiered })),
    ),
  ),
);

/** What the path of an event file says beside its layout. */
export interface EventFile {
  readonly symbol: string;
  /** `trades`, `quotes`: a word in lower case. */
  readonly type: string;
  /** What the file covers, in UTC: `2025-09-02T13`, `2025-09-02` or `2025-09`; null when it covers everything. */
  readonly period: string | null;
  /** Null where the layout has no tiers. `provider` is a word in lower case. */
  readonly origin: { readonly tier: EventTier; readonly provider: string } | null;
}

/** A file of ready-made history: `historical/BTC-USD_1m_2024-03.parquet`. */
export interface HistoricalFile {
  readonly asset: string;
  readonly base: string;
  readonly granularity: Timeframe;
  /** `2025-09-02`, `2025-09` or `2025`. */
  readonly period: string;
}

/** Where files of a layout without tiers lie: apart from the folders that are the store's own. */
const untieredFolder = 'events';
const historicalFolder = 'historical';
const word = /^[a-z][a-z0-9-]{0,31}$/;
const deviceName = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/;
const periodLengths: Readonly<Record<EventPartition, number>> = {
  none: 0,
  hourly: 13,
  daily: 10,
  monthly: 7,
};

/** The period that an instant falls in; null when the layout has none. */
export function eventPeriod(partition: EventPartition, tsMs: number): string | null {
  return partition === 'none' ? null : new Date(tsMs).toISOString().slice(0, periodLengths[partition]);
}

/** The path of an event file in the store. Refuses what no path can say, such as a period of another length. */
export function eventPath(layout: EventLayout, file: EventFile): string {
  const fault = faultOf(layout, file);
  if (fault !== null) throw new WorkbenchError('argument-invalid', fault);
  const folder = file.origin === null ? untieredFolder : `${file.origin.tier}/${file.origin.provider}`;
  return `${folder}/${segmentsOf(layout, file).join(separatorOf(layout))}.${layout.format}`;
}

/** Reads what `eventPath` of the same layout has written; null for any other path. */
export function parseEventPath(layout: EventLayout, path: string): EventFile | null {
  const extension = `.${layout.format}`;
  if (!path.endsWith(extension)) return null;
  const segments = path.slice(0, -extension.length).split('/');
  const folders = segments.splice(0, layout.isTiered ? 2 : 1);
  const origin = originOf(folders);
  const fields = layout.arrangement === 'Flat' ? splitFlat(layout, segments) : segments;
  const [symbol, type, period = null] = inOwnOrder(layout, fields);
  const name = decodeName(symbol ?? '');
  if (origin === undefined || name === null || type === undefined) return null;
  const file: EventFile = { symbol: name, type, period, origin };
  // The same path is never two files, and never said in two ways.
  return faultOf(layout, file) === null && eventPath(layout, file) === path ? file : null;
}

/** The path of ready-made history in the store; throws `argument-invalid` for a period that is none. */
export function historicalPath({ asset, base, granularity, period }: HistoricalFile): string {
  if (!isPeriod(period)) {
    throw new WorkbenchError('argument-invalid', `${period} is not a day, a month or a year`);
  }
  return `${historicalFolder}/${pairName(asset)}-${pairName(base)}_${granularity}_${period}.parquet`;
}

/** Reads what `historicalPath` has written; null for any other path. */
export function parseHistoricalPath(path: string): HistoricalFile | null {
  const match = /^historical\/([^/]+)-([^/-]+)_([^/_]+)_([^/_]+)\.parquet$/.exec(path);
  const asset = decodeName(match?.[1] ?? '', '-');
  const base = decodeName(match?.[2] ?? '', '-');
  const granularity = parseTimeframe(match?.[3] ?? '');
  const period = match?.[4] ?? '';
  if (asset === null || base === null || granularity === null || !isPeriod(period)) return null;
  const file = { asset, base, granularity, period };
  return historicalPath(file) === path ? file : null;
}

function faultOf({ partition, isTiered }: EventLayout, { type, period, origin }: EventFile): string | null {
  if (!isWord(type)) return `type: ${type} is not a word in lower case`;
  if (isTiered !== (origin !== null)) return 'origin: is for layouts with tiers, and must be given there';
  if (origin !== null && !isWord(origin.provider))
    return `provider: ${origin.provider} is not a word in lower case`;
  if (!fitsPartition(partition, period)) return `period: ${period ?? 'none'} is not ${partition}`;
  return null;
}

function fitsPartition(partition: EventPartition, period: string | null): boolean {
  if (period === null || partition === 'none') return period === null && partition === 'none';
  if (period.length !== periodLengths[partition]) return false;
  if (partition !== 'hourly') return isPeriod(period);
  return isPeriod(period.slice(0, 10)) && /^T([01]\d|2[0-3])$/.test(period.slice(10));
}

function isWord(text: string): boolean {
  return word.test(text) && !deviceName.test(text);
}

function separatorOf({ arrangement }: EventLayout): string {
  return arrangement === 'Flat' ? '_' : '/';
}

function segmentsOf({ arrangement }: EventLayout, { symbol, type, period }: EventFile): readonly string[] {
  const name = encodeName(symbol);
  const date = period === null ? [] : [period];
  switch (arrangement) {
    case 'BySymbol':
    case 'Flat':
      return [name, type, ...date];
    case 'ByDate':
      return [...date, name, type];
    case 'ByType':
      return [type, name, ...date];
  }
}

/** Symbol, type and period out of the order of an arrangement; nothing when their number is wrong. */
function inOwnOrder({ arrangement, partition }: EventLayout, fields: readonly string[]): readonly string[] {
  const isDated = partition !== 'none';
  if (fields.length !== (isDated ? 3 : 2)) return [];
  const [first = '', second = '', third = ''] = fields;
  switch (arrangement) {
    case 'BySymbol':
    case 'Flat':
      return fields;
    case 'ByDate':
      return isDated ? [second, third, first] : fields;
    case 'ByType':
      return isDated ? [second, first, third] : [second, first];
  }
}

/** A symbol may hold the sign that separates; neither a type nor a period can. */
function splitFlat({ partition }: EventLayout, segments: readonly string[]): readonly string[] {
  const [name] = segments;
  if (segments.length !== 1 || name === undefined) return [];
  const pieces = name.split('_');
  const behind = pieces.splice(partition === 'none' ? -1 : -2);
  return [pieces.join('_'), ...behind];
}

/** Undefined when the folders are not those of any file. */
function originOf(folders: readonly string[]): EventFile['origin'] | undefined {
  const [first, provider] = folders;
  if (provider === undefined) return first === untieredFolder ? null : undefined;
  const tier = eventTiers.find((each) => each === first);
  return tier === undefined ? undefined : { tier, provider };
}

/** The two halves of a pair are told apart by the dash between them. */
function pairName(name: string): string {
  return encodeName(name, '-');
}
