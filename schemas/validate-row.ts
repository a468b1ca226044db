import { formatIsoUtc, parseInstant } from '#shared/domain/zone-time';
import { alignmentStep, parseTimeframe } from '#shared/domain/timeframe';
import { isoNameOf, type Column, type Dataset, type RowFault, type StoredRow } from './define-dataset.ts';
import { symbolFault } from './symbol-rule.ts';

export type RowVerdict =
  | { readonly ok: true; readonly row: StoredRow; readonly assumedZone: boolean }
  | ({ readonly ok: false } & RowFault);

type Cell =
  { readonly value: string | number | null; readonly assumedZone?: boolean } | { readonly reason: string };

/**
 * Checks one row as it comes from outside and puts it in the dataset's column order.
 *
 * Times without an offset are read in `zone`. An instant may come under its own name or as the ISO text beside it.
 */
export function validateRow(dataset: Dataset, input: unknown, zone: string): RowVerdict {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, field: '', reason: 'a row must be a JSON object' };
  }
  const given = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(dataset.columns, name));
  if (unknown !== undefined)
    return { ok: false, field: unknown, reason: `${dataset.name} have no such field` };

  const values = new Map<string, string | number | null>();
  let assumedZone = false;
  for (const [name, column] of Object.entries(dataset.columns)) {
    if (column.kind === 'iso') continue;
    const cell = readCell(dataset, name, column, given, zone);
    if ('reason' in cell) return { ok: false, field: faultyName(dataset, name, given), reason: cell.reason };
    assumedZone ||= cell.assumedZone === true;
    values.set(name, cell.value);
  }
  const isoFault = fillIso(dataset, given, values, zone);
  if (isoFault !== null) return { ok: false, ...isoFault };
  const fault = alignmentFault(dataset, values) ?? dataset.check((name) => numberOf(values.get(name)));
  if (fault !== null) return { ok: false, ...fault };
  return { ok: true, assumedZone, row: Object.keys(dataset.columns).map((name) => values.get(name) ?? null) };
}

function readCell(
  dataset: Dataset,
  name: string,
  column: Column,
  given: Readonly<Record<string, unknown>>,
  zone: string,
): Cell {
  if (column.kind === 'version') return versionCell(dataset, given[name]);
  const isoName = column.kind === 'instant' ? isoNameOf(dataset, name) : undefined;
  const value = given[name] ?? (isoName === undefined ? undefined : given[isoName]);
  if (value === undefined || value === null) {
    if (column.nullable) return { value: null };
    if (column.only !== undefined) return { value: column.only };
    return { reason: given[name] === null ? 'must not be null' : 'is missing' };
  }
  return readValue(column, value, zone);
}

function readValue(column: Column, value: unknown, zone: string): Cell {
  switch (column.kind) {
    case 'symbol':
      if (typeof value !== 'string') return { reason: `must be text, is ${describe(value)}` };
      return faultOr(symbolFault(value), value);
    case 'timeframe':
      if (typeof value !== 'string') return { reason: `must be text, is ${describe(value)}` };
      return timeframeCell(column, value);
    case 'text':
      if (typeof value !== 'string') return { reason: `must be text, is ${describe(value)}` };
      return textCell(column, value);
    case 'choice':
      return typeof value === 'string' && (column.choices ?? []).includes(value)
        ? { value }
        : { reason: `must be one of ${(column.choices ?? []).join(', ')}` };
    case 'instant': {
      if (typeof value !== 'string' && typeof value !== 'number') {
        return { reason: `must be ms since 1970 or an ISO-8601 time, is ${describe(value)}` };
      }
      const parsed = parseInstant(value, zone);
      return parsed.ok ? { value: parsed.ts, assumedZone: parsed.assumedZone } : { reason: parsed.reason };
    }
    case 'double':
      return doubleCell(column, value);
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value)
        ? { value: withoutSignedZero(value) }
        : { reason: `must be a whole number within ±2^53, is ${describe(value)}` };
    case 'json':
      return jsonCell(column, value);
    case 'iso':
    case 'version':
      return { reason: 'is filled in by the store' };
  }
}

function timeframeCell({ only }: Column, value: string): Cell {
  if (only !== undefined)
    return value.toLowerCase() === only ? { value: only } : { reason: `must be ${only}: ${shorten(value)}` };
  if (parseTimeframe(value) !== null) return { value };
  return { reason: `is not a timeframe such as 5m or 1h: ${shorten(value)}` };
}

/** A version may be given, as rows read back from a store have one, but only the one that is about to be written. */
function versionCell(dataset: Dataset, given: unknown): Cell {
  if (given !== undefined && given !== null && given !== dataset.version) {
    return { reason: `is ${describe(given)}; this store writes version ${dataset.version}` };
  }
  return { value: dataset.version };
}

function doubleCell({ above, atLeast }: Column, value: unknown): Cell {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return { reason: `must be a finite number, is ${describe(value)}` };
  }
  if (above !== undefined && value <= above) return { reason: `must be above ${above}, is ${value}` };
  if (atLeast !== undefined && value < atLeast) return { reason: `must be at least ${atLeast}, is ${value}` };
  return { value: withoutSignedZero(value) };
}

/** JSON, and so the log, has no negative zero: a row must be the same before and after it was in the log. */
function withoutSignedZero(value: number): number {
  return value === 0 ? 0 : value;
}

function jsonCell(column: Column, value: unknown): Cell {
  if (typeof value === 'string') return textCell(column, value);
  const text = jsonOf(value);
  return text === null ? { reason: 'cannot be written as JSON' } : textCell(column, text);
}

/** As it really is: there is no text for a function, for one. */
const toJson: (value: unknown) => string | undefined = JSON.stringify;

/** Null for what JSON cannot hold, such as a list that holds itself: rows from a window are not JSON yet. */
function jsonOf(value: unknown): string | null {
  try {
    return toJson(value) ?? null;
  } catch {
    return null;
  }
}

function textCell(column: Column, value: string): Cell {
  const limit = column.maxLength ?? Infinity;
  // Only a text that is longer in UTF-16 units can be longer in characters.
  const length = value.length > limit ? Array.from(value).length : 0;
  if (length > limit) return { reason: `is longer than ${limit} characters (${length})` };
  // A lone surrogate has no UTF-8 spelling: it would come back as another text.
  if (/\p{Surrogate}/u.test(value)) return { reason: 'is not well-formed Unicode' };
  // Readers take it for the mark of an encoding and drop it: the text would come back as another.
  if (value.startsWith('\uFEFF')) return { reason: 'begins with a byte-order mark' };
  if (column.kind === 'text' && value === '' && !column.nullable) return { reason: 'must not be empty' };
  return { value };
}

function fillIso(
  dataset: Dataset,
  given: Readonly<Record<string, unknown>>,
  values: Map<string, string | number | null>,
  zone: string,
): RowFault | null {
  for (const [name, column] of Object.entries(dataset.columns)) {
    if (column.kind !== 'iso' || column.of === undefined) continue;
    const ts = values.get(column.of);
    if (typeof ts !== 'number') continue;
    const spelled = given[name];
    if (spelled !== undefined && spelled !== null) {
      if (typeof spelled !== 'string') {
        return { field: name, reason: `must be an ISO-8601 time, is ${describe(spelled)}` };
      }
      const parsed = parseInstant(spelled, zone);
      if (!parsed.ok) {
        return { field: name, reason: parsed.reason };
      }
      if (parsed.ts !== ts) {
        return {
          field: name,
          reason: `${shorten(spelled)} is not the instant in ${column.of} (${formatIsoUtc(ts)})`,
        };
      }
    }
    values.set(name, formatIsoUtc(ts));
  }
  return null;
}

function alignmentFault(
  dataset: Dataset,
  values: ReadonlyMap<string, string | number | null>,
): RowFault | null {
  if (!dataset.key.includes('timeframe')) return null;
  const timeframe = parseTimeframe(String(values.get('timeframe')));
  const ts = values.get(dataset.instant);
  if (timeframe === null || typeof ts !== 'number' || ts % alignmentStep(timeframe) === 0) return null;
  return { field: dataset.instant, reason: `${formatIsoUtc(ts)} is not the open of a ${timeframe} bar` };
}

/** A bad ISO text given in place of the number is reported under its own name. */
function faultyName(dataset: Dataset, name: string, given: Readonly<Record<string, unknown>>): string {
  const isoName = isoNameOf(dataset, name);
  const isGivenAsIso =
    (given[name] ?? null) === null && isoName !== undefined && (given[isoName] ?? null) !== null;
  return isGivenAsIso ? isoName : name;
}

function faultOr(reason: string | null, value: string): Cell {
  return reason === null ? { value } : { reason };
}

function numberOf(value: string | number | null | undefined): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function describe(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = shorten(jsonOf(value) ?? `a ${typeof value}`);
  return typeof value === 'string' ? `the text ${text}` : text;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
