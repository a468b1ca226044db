import { objectActions, objectTypes } from '#shared/domain/chart-object';
import type { Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import { symbolNames, timeframeNames } from './canonical-candles.ts';
import type { CanonicalSelect } from './canonical-columns.ts';
import { ForeignColumns, InconvertibleColumn, type ForeignColumn } from './foreign-columns.ts';
import { isNumberType, numberSql, type CastMode } from './instant-sql.ts';
import { isoSql, literal, quoteName, quoteText } from './sql.ts';

/** When an event happened, by what other programs call it; the first that a file has counts. */
export const eventTimeNames = [
  'event_ts',
  'event_ts_iso',
  'ts',
  'ts_iso',
  'timestamp',
  'datetime',
  'time',
  'updated_ts',
  'created_ts',
];
/** Where an object begins and ends on the time axis. */
export const startNames = ['t_start', 'start', 'left'];
export const endNames = ['t_end', 'end', 'right'];

/** Below this a whole number is no time but counts bars: as seconds it would lie before March of 1973. */
const smallestTime = 100_000_000;

/**
 * Object events, as the original bot and its kin write them: `id`, `type`, `left`, `top`, `bottom` and the like. A kind
 * that we do not know is a level when it has one price and a zone when it has two; what has no column of ours goes into
 * the payload.
 */
export function objectColumns(dataset: Dataset, shape: FileShape, mode: CastMode): CanonicalSelect {
  try {
    const file = new ForeignColumns(shape, mode);
    const columns = new Map<string, string>();
    const fill = (name: string) => {
      const value = shape.fills[name];
      return value === undefined ? '' : literal(value);
    };
    const begin = startOf(file);
    // A state without a time of its own is taken to be known from where its object begins.
    const eventTs = eventTime(file) ?? (fill('event_ts') || (isState(shape) ? begin.time : ''));
    const prices = priceColumns(file);
    const rawType = file.text(['object_type', 'type', 'kind']);
    const rawAction = file.text(['action', 'event']);
    const statusColumn = [...shape.columns].find(
      ([name, type]) => name.toLowerCase() === 'status' && type === 'VARCHAR',
    );
    const status = statusColumn === undefined ? 'NULL' : quoteName(statusColumn[0]);
    const action = actionSql(rawAction ?? (fill('action') || 'NULL'), status);
    // An event that only says what happened may leave these to the ones before it.
    columns.set('symbol', file.text(symbolNames) ?? (fill('symbol') || 'NULL::VARCHAR'));
    columns.set('timeframe', file.text(timeframeNames) ?? (fill('timeframe') || 'NULL::VARCHAR'));
    columns.set('object_id', file.text(['object_id', 'id']) ?? '');
    columns.set('object_type', typeSql(rawType ?? 'NULL', prices));
    columns.set('action', action);
    columns.set('event_ts', eventTs);
    columns.set('event_ts_iso', eventTs === '' ? '' : isoSql(eventTs));
    columns.set('t_start', `coalesce(${begin.time}, ${eventTs || 'NULL'})`);
    columns.set('t_end', endOf(file, action, eventTs));
    columns.set('y_min', prices.low);
    columns.set('y_max', prices.high);
    columns.set('y', prices.y);
    columns.set('step', file.number(['step', 'day_step']) ?? 'NULL::DOUBLE');
    columns.set('reason', file.text(['reason']) ?? 'NULL::VARCHAR');
    columns.set('sequence', sequenceSql(file, action));
    columns.set('payload', payloadSql(file, rawType, rawAction));
    columns.set('schema_version', `${dataset.version}::BIGINT`);
    const missing = [...columns].find(([, sql]) => sql === '')?.[0];
    if (missing !== undefined) return { ok: false, reason: `it has no column ${missing}` };
    return { ok: true, columns, fault: file.faultSql(), barIndex: begin.barIndex };
  } catch (error) {
    if (error instanceof InconvertibleColumn) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Files of states are given an action, because they have none. */
function isState({ fills }: FileShape): boolean {
  return fills['action'] !== undefined;
}

interface PriceColumns {
  readonly low: string;
  readonly high: string;
  readonly y: string;
}

function priceColumns(file: ForeignColumns): PriceColumns {
  const bottom = file.number(['y_min', 'bottom']);
  const top = file.number(['y_max', 'top']);
  const y = file.number(['y', 'price']) ?? 'NULL::DOUBLE';
  // A number that is not one means nothing was drawn there: data frames write it for an empty cell.
  const given = (sql: string | null) =>
    sql === null ? 'NULL::DOUBLE' : `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
  return {
    low: `least(${given(bottom)}, ${given(top)})`,
    high: `greatest(${given(bottom)}, ${given(top)})`,
    y: given(y),
  };
}

/** Which instant an event has. Numbers are told apart row by row: objects are few. */
function eventTime(file: ForeignColumns): string | null {
  const found: string[] = [];
  for (const name of eventTimeNames) {
    const sql = file.instant([name], 'mixed');
    if (sql !== null) found.push(sql);
  }
  return found.length < 2 ? (found[0] ?? null) : `coalesce(${found.join(', ')})`;
}

/** `left` is an instant, or the index of a bar. */
function startOf(file: ForeignColumns): { readonly time: string; readonly barIndex: string } {
  const column = file.find(startNames);
  if (column === undefined) return { time: 'NULL::BIGINT', barIndex: 'NULL::BIGINT' };
  if (!isNumberType(column.type))
    return { time: file.instant(startNames) ?? 'NULL', barIndex: 'NULL::BIGINT' };
  const value = `TRY_CAST(${quoteName(column.name)} AS BIGINT)`;
  return {
    time: `CASE WHEN abs(${value}) >= ${smallestTime} THEN ${numberSql(value, 'mixed')} END`,
    barIndex: `CASE WHEN abs(${value}) < ${smallestTime} THEN ${value} END`,
  };
}

function endOf(file: ForeignColumns, action: string, eventTs: string): string {
  const column = file.find(endNames);
  const given = column === undefined ? 'NULL::BIGINT' : timeOf(file, column);
  return `coalesce(${given}, CASE WHEN ${action} = 'close' THEN ${eventTs || 'NULL'} END)`;
}

function timeOf(file: ForeignColumns, { name, type }: ForeignColumn): string {
  if (!isNumberType(type)) return file.instant([name.toLowerCase()]) ?? 'NULL::BIGINT';
  const value = `TRY_CAST(${quoteName(name)} AS BIGINT)`;
  return `CASE WHEN abs(${value}) >= ${smallestTime} THEN ${numberSql(value, 'mixed')} END`;
}

function typeSql(raw: string, { low, y }: PriceColumns): string {
  const known = objectTypes.map(quoteText).join(', ');
  return `CASE WHEN lower(${raw}) IN (${known}) THEN lower(${raw}) WHEN ${low} IS NOT NULL THEN 'zone'
    WHEN ${y} IS NOT NULL THEN 'level' WHEN ${raw} IS NULL THEN 'marker' ELSE 'level' END`;
}

function actionSql(raw: string, status: string): string {
  const known = objectActions.map(quoteText).join(', ');
  return `CASE WHEN lower(${raw}) IN (${known}) THEN lower(${raw})
    WHEN lower(${raw}) IN ('created', 'add', 'added', 'new', 'open', 'opened') THEN 'create'
    WHEN lower(${raw}) IN ('closed', 'remove', 'removed', 'delete', 'deleted', 'end', 'ended', 'expire', 'expired') THEN 'close'
    WHEN lower(${status}) IN ('removed', 'closed', 'deleted', 'expired') THEN 'close' ELSE 'update' END`;
}

/** Events of one instant are told apart by their count, else by their step, else by what usually comes first. */
function sequenceSql(file: ForeignColumns, action: string): string {
  const rank = `CASE ${action} WHEN 'create' THEN 0 WHEN 'update' THEN 1 ELSE 2 END`;
  const counts = [file.hint(['sequence', 'seq']), file.hint(['step', 'day_step'])].filter(
    (sql) => sql !== null,
  );
  return `coalesce(${[...counts, `CAST(${rank} AS BIGINT)`].join(', ')})`;
}

/** The writer's own payload, and beside it what has no column of ours; words that we had to translate are kept. */
function payloadSql(file: ForeignColumns, rawType: string | null, rawAction: string | null): string {
  const payload = file.find(['payload']);
  file.find(['schema_version']);
  const pairs = file.unused().map(({ name }) => `${quoteText(name)}, ${quoteName(name)}`);
  const kept = [
    ...(rawType === null ? [] : [translated('type', rawType, objectTypes)]),
    ...(rawAction === null ? [] : [translated('action', rawAction, objectActions)]),
  ];
  const own =
    payload === undefined
      ? 'NULL::VARCHAR'
      : payload.type === 'VARCHAR'
        ? `nullif(${quoteName(payload.name)}, '')`
        : `CAST(to_json(${quoteName(payload.name)}) AS VARCHAR)`;
  if (pairs.length === 0 && kept.length === 0) return own;
  const beside = `json_merge_patch('{}', json_object(${[...pairs, ...kept].join(', ')}))`;
  const mine = `CASE WHEN json_valid(${own}) AND json_type(${own}) = 'OBJECT' THEN ${own} ELSE json_object('payload', ${own}) END`;
  // A lone payload stays as it was spelled.
  return `CASE WHEN ${own} IS NULL THEN nullif(CAST(${beside} AS VARCHAR), '{}')
    WHEN CAST(${beside} AS VARCHAR) = '{}' THEN ${own}
    ELSE CAST(json_merge_patch(${beside}, ${mine}) AS VARCHAR) END`;
}

function translated(name: string, raw: string, known: readonly string[]): string {
  return `${quoteText(name)}, CASE WHEN lower(${raw}) NOT IN (${known.map(quoteText).join(', ')}) THEN ${raw} END`;
}
