import { counted } from '#shared/counted';
import type {
  BarField,
  ColumnMap,
  ImportColumn,
  ImportFormat,
  ImportSource,
  ImportTimeUnit,
} from '#shared/domain/import';
import { readIsoText } from '#shared/domain/iso-text';
import { plainNumber, ValueCells } from './cells.ts';
import { countKnownNames, mapByName, namesClose, type Mapping } from './column-names.ts';
import { CsvCells } from './csv-cells.ts';
import type { Content } from './open-content.ts';
import { readElements } from './read-elements.ts';
import { headLines, readHead, type Head } from './read-head.ts';
import { withoutMark } from './read-lines.ts';
import { isScaled, leanMapping, parseLeanName } from './recognise-lean.ts';
import { tellFromPath } from './tell-from-path.ts';
import { isoSpelling } from './wall-text.ts';
import { UnmappedImport, UnreadableImport } from './unreadable.ts';

/** What of a source was said, and what the store would take for granted. */
export interface RecogniseOptions {
  readonly map: ColumnMap;
  readonly zone: string | null;
  readonly storeZone: string;
  readonly barTime: ImportSource['barTime'] | null;
}

/** A source as it will be read. */
export interface Recognised {
  readonly source: ImportSource;
  readonly content: Content;
  /** Date of the times that say none, in days since 1970. */
  readonly dayNumber: number;
  readonly notes: readonly string[];
}

/** Columns and a few rows of a source, as texts. */
export interface Sample {
  readonly format: ImportFormat;
  readonly delimiter: string | null;
  readonly hasHeader: boolean;
  readonly names: readonly string[];
  readonly isNamed: boolean;
  readonly rows: readonly (readonly string[])[];
  /** Said by the type of the time's column. */
  readonly unit?: ImportTimeUnit;
}

/** What a file's first bytes say of it. */
export type Kind = 'parquet' | 'arrow' | 'text';

/** Goes by the bytes, never by the name; throws `UnreadableImport` for what is none of these, such as a workbook. */
export function kindOf({ bytes }: Head): Kind {
  const begin = bytes.toString('latin1', 0, 8);
  if (begin.startsWith('PAR1')) return 'parquet';
  if (begin.startsWith('ARROW1') || begin.startsWith('\xff\xff\xff\xff')) return 'arrow';
  if (begin.startsWith('\xd0\xcf\x11\xe0'))
    throw new UnreadableImport('is an Excel workbook; save its sheet as CSV and import that');
  if (begin.startsWith('FEA1'))
    throw new UnreadableImport(
      'is a Feather file of the first version; write it anew as Feather 2 or Parquet',
    );
  if (/^(\xff\xfe|\xfe\xff)/.test(begin))
    throw new UnreadableImport('is written in UTF-16; save it as UTF-8');
  if (bytes.length === 0) throw new UnreadableImport('is empty');
  if (bytes.includes(0)) throw new UnreadableImport('is neither text nor Parquet nor Arrow');
  return 'text';
}

/** Finds out the format of a text, its columns, and how its times are written. */
export async function recogniseText(content: Content, options: RecogniseOptions): Promise<Recognised> {
  const head = await readHead(content);
  const lines = await headLines(head);
  const [first] = lines;
  if (first === undefined) throw new UnreadableImport('is empty');
  const lean = content.entry === null ? null : parseLeanName(content.file.path, content.entry);
  const start = first.toString('utf8').trimStart();
  if (lean === null && /^[[{]/.test(start))
    return describe(content, await sampleJson(head, lines, start), options);
  const sample = sampleCsv(lines, head.isCut);
  if (lean === null) return describe(content, sample, options);

  const row = sample.rows[0] ?? [];
  const isEquity = isScaled(lean, row.slice(1, 5));
  const zone = options.zone ?? (isEquity ? 'America/New_York' : 'UTC');
  const known = describe(
    content,
    { ...sample, format: 'lean', hasHeader: false, isNamed: false },
    { ...options, zone },
    leanMapping(lean, row.length),
  );
  return {
    ...known,
    source: {
      ...known.source,
      unit: lean.dayNumber === null ? 'iso' : 'ms-of-day',
      hasOffset: false,
      priceScale: isEquity ? 10_000 : 1,
      symbol: lean.symbol,
      timeframe: lean.timeframe,
    },
    dayNumber: lean.dayNumber ?? 0,
    notes: lean.isQuote ? [`${content.name} holds quotes: bars are of the bid side, without volume`] : [],
  };
}

/** Puts together what a sample shows and what was said. */
export function describe(
  content: Content,
  sample: Sample,
  options: RecogniseOptions,
  fixed: Mapping | null = null,
): Recognised {
  try {
    const mapping = mappingOf(sample, options.map, fixed);
    const lacking = needed.find((field) => mapping[field] === undefined);
    if (lacking !== undefined)
      throw new UnreadableImport(
        `has no column that is known to be the ${lacking}; its columns are ${sample.names.join(', ')}`,
      );
    return { source: sourceOf(content, sample, options, mapping, fixed), content, dayNumber: 0, notes: [] };
  } catch (error) {
    if (!(error instanceof UnreadableImport)) throw error;
    const mapping = knownMapping(sample, options.map, fixed);
    throw new UnmappedImport(error.message, sourceOf(content, sample, options, mapping, fixed));
  }
}

const needed = ['time', 'open', 'high', 'low', 'close'] as const;

function mappingOf(
  { names, isNamed, rows: [row = []] }: Sample,
  map: ColumnMap,
  fixed: Mapping | null,
): Mapping {
  const found = { ...(fixed ?? (isNamed ? {} : mapByPlace(row))), ...mapByName(names, map, isNamed) };
  return Object.fromEntries(Object.entries(found).filter(([field]) => map[field as BarField] !== ''));
}

/** As much of it as can be said, field by field. */
function knownMapping(sample: Sample, map: ColumnMap, fixed: Mapping | null): Mapping {
  try {
    return mappingOf(sample, map, fixed);
  } catch (error) {
    if (!(error instanceof UnreadableImport)) throw error;
    return {};
  }
}

function sourceOf(
  content: Content,
  sample: Sample,
  { zone, storeZone, barTime }: RecogniseOptions,
  mapping: Mapping,
  fixed: Mapping | null,
): ImportSource {
  const [row = []] = sample.rows;
  const times = sample.rows.map((cells) => cells[mapping.time ?? 0] ?? '').filter((text) => text !== '');
  const unit = sample.unit ?? (mapping.date === undefined ? unitOf(times) : 'iso');
  const timeName = sample.isNamed ? (sample.names[mapping.time ?? 0] ?? '') : '';
  const hasOffset = unit === 'iso' ? mapping.date === undefined && haveOffset(times) : !unit.endsWith('-ms');
  const columns = sample.names.map((name, place): ImportColumn => ({
    name,
    sample: row[place]?.slice(0, 40) ?? '',
  }));
  const { delimiter, hasHeader } = sample;
  const told = tellFromPath(content.entry ?? content.file.path);
  const isBinance = !sample.isNamed && fixed === null && isKline(row);
  const format = isBinance ? 'binance' : sample.format;
  return {
    ...{ name: content.name, format, compression: content.compression, delimiter, hasHeader },
    ...{ columns, mapping, unit, hasOffset, zone: zone ?? storeZone },
    ...(hasDecimalComma(sample, mapping) ? { hasDecimalComma: true as const } : {}),
    barTime: barTime ?? (namesClose(timeName) ? 'close' : 'open'),
    priceScale: 1,
    symbol: mapping.symbol === undefined ? told.symbol : null,
    timeframe: mapping.timeframe === undefined ? told.timeframe : null,
  };
}

/** `1,085` alone may be a thousand or a little more than one: a comma stands before decimals only where some price says so. */
function hasDecimalComma({ delimiter, rows }: Sample, mapping: Mapping): boolean {
  if (delimiter === null || delimiter === ',') return false;
  const places = (['open', 'high', 'low', 'close'] as const).flatMap((field) => mapping[field] ?? []);
  const prices = rows.flatMap((row) => places.map((place) => row[place] ?? ''));
  const isThousands = (text: string) => /^[+-]?[1-9]\d{0,2}(,\d{3})*$/.test(text);
  return (
    prices.every((text) => /^[+-]?\d+(,\d+)?$/.test(text)) &&
    prices.some((text) => text.includes(',') && !isThousands(text))
  );
}

const delimiters = [',', ';', '\t', '|', ' '];
/** A time and four prices. */
const fewestFields = 5;

/** `isCut`: more lines follow, the first of which was too long to be looked at. */
function sampleCsv(lines: readonly Buffer[], isCut: boolean): Sample {
  let best: { readonly delimiter: string; readonly rows: string[][]; readonly count: number } | undefined;
  for (const delimiter of delimiters) {
    const rows = lines.map((line) => fieldsOf(line, delimiter));
    const width = widthOf(rows);
    const count = rows.filter(({ length }) => length === width).length;
    if (width < fewestFields || (best !== undefined && (delimiter === ' ' || count <= best.count))) continue;
    best = { delimiter, rows, count };
  }
  if (best === undefined)
    throw new UnreadableImport(
      'is not a table of bars: its lines have fewer than five fields, a time and four prices',
    );
  const { delimiter, rows } = best;
  const width = widthOf(rows);
  const [head = []] = rows;
  const hasHeader = head.every((field) => !/^[-+.]?\d/.test(field)) || countKnownNames(head) >= 4;
  if (hasHeader && head.length !== width)
    throw new UnreadableImport(
      `has ${counted(head.length, 'column')} in its first line and ${width} in those below`,
    );
  const names = hasHeader ? head.map(unmarked) : Array.from({ length: width }, (_, place) => `#${place + 1}`);
  const data = (hasHeader ? rows.slice(1) : rows).filter(({ length }) => length === width);
  if (data.length === 0)
    throw new UnreadableImport(
      isCut
        ? 'has a line below its header that is longer than 256 KiB, which no bar is'
        : 'has no rows below its header',
    );
  return { format: 'csv', delimiter, hasHeader, names, isNamed: hasHeader, rows: data };
}

function fieldsOf(line: Buffer, delimiter: string): string[] {
  const cells = new CsvCells(delimiter);
  const fault = cells.read(line, 0, line.length);
  return fault === null ? Array.from({ length: cells.count }, (_, place) => cells.text(place)) : [];
}

/** The commonest number of fields. */
function widthOf(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort(([a, times], [b, more]) => more - times || b - a)[0]?.[0] ?? 0;
}

/** As MetaTrader writes them: `<OPEN>`. */
function unmarked(name: string): string {
  return name.replace(/^<(.*)>$/, '$1');
}

const sampledRows = 20;

async function sampleJson(head: Head, lines: readonly Buffer[], start: string): Promise<Sample> {
  const firstLine = parsed(lines[0]?.toString('utf8') ?? '');
  const isList = start.startsWith('[') && !isFlatList(firstLine);
  const values: unknown[] = [];
  if (isList) {
    await readElements([withoutMark(head.bytes)], (text) => {
      values.push(parsed(text));
      return values.length < sampledRows;
    }).catch((error: unknown) => {
      // The head of a long list has no end.
      if (!head.isCut || values.length === 0) throw error;
    });
  } else {
    if (firstLine === undefined)
      throw new UnreadableImport('is neither a JSON list of bars nor one bar a line');
    values.push(...lines.slice(0, sampledRows).map((line) => parsed(line.toString('utf8'))));
  }
  return sampleValues(isList ? 'json' : 'jsonl', values);
}

/** A sample of rows that are lists, or objects whose columns are their names. */
function sampleValues(format: 'json' | 'jsonl', values: readonly unknown[]): Sample {
  const rows = values.filter((value) => typeof value === 'object' && value !== null);
  const [first] = rows;
  if (first === undefined) throw new UnreadableImport('is JSON that holds no bars');
  const cells = new ValueCells();
  if (Array.isArray(first)) {
    const names = first.map((_, place) => `#${place + 1}`);
    const texts = rows.map((row) => textsOf(cells, Array.isArray(row) ? row : [], names.length));
    return { format, delimiter: null, hasHeader: false, names, isNamed: false, rows: texts };
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const texts = rows.map((row) => {
    const object = row as Readonly<Record<string, unknown>>;
    return textsOf(
      cells,
      names.map((name) => object[name]),
      names.length,
    );
  });
  return { format, delimiter: null, hasHeader: true, names, isNamed: true, rows: texts };
}

function textsOf(cells: ValueCells, values: readonly unknown[], count: number): string[] {
  cells.values = values;
  return Array.from({ length: count }, (_, place) => cells.text(place));
}

function isFlatList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && (typeof value[0] !== 'object' || value[0] === null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Binance writes the open time first and the close time as the seventh of twelve. */
function isKline(row: readonly string[]): boolean {
  const isEpoch = (text = '') => /^(\d{13}|\d{16})$/.test(text);
  return row.length >= 11 && isEpoch(row[0]) && isEpoch(row[6]);
}

const dateAlone = /^(\d{4}[-./]?\d{2}[-./]?\d{2}|\d{2}\.\d{2}\.\d{4})$/;
const clockAlone = /^\d{2}:?\d{2}(:?\d{2})?$/;

/** The usual order of columns that have no names: a time, or a date and a time, then open, high, low, close, volume. */
function mapByPlace(row: readonly string[]): Mapping {
  const isTime = (text = '') => /^\d/.test(text);
  if (!isTime(row[0])) return {};
  const start = dateAlone.test(row[0] ?? '') && clockAlone.test(row[1] ?? '') ? 2 : 1;
  const mapping = {
    ...(start === 2 ? { date: 0, time: 1 } : { time: 0 }),
    ...{ open: start, high: start + 1, low: start + 2, close: start + 3 },
  };
  const hasVolume = !Number.isNaN(plainNumber(row[start + 4] ?? ''));
  return hasVolume ? { ...mapping, volume: start + 4 } : mapping;
}

/** What numbers count is told by their size; eight digits may be a date. */
function unitOf(times: readonly string[]): ImportTimeUnit {
  const number = times.find((text) => /^-?\d+(\.\d*)?$/.test(text));
  if (number === undefined || number !== times[0]) return 'iso';
  const size = Math.abs(Number(number));
  if (/^(19|20)\d{6}$/.test(number)) return 'iso';
  if (size < 1e10) return 's';
  if (size < 1e14) return 'ms';
  return size < 1e17 ? 'us' : 'ns';
}

/** By the first time that can be read. */
function haveOffset(times: readonly string[]): boolean {
  for (const text of times) {
    const reading = readIsoText(isoSpelling(text));
    if (reading.ok) return reading.offsetMs !== null;
  }
  return false;
}
