import type { Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import type { CanonicalSelect } from './canonical-columns.ts';
import { ForeignColumns, InconvertibleColumn } from './foreign-columns.ts';
import type { CastMode } from './instant-sql.ts';
import { isoSql, literal } from './sql.ts';

/** What other programs call our columns; the first that a file has counts. Lower case. */
export const symbolNames = ['symbol', 'ticker', 'sym', 'instrument'];
export const timeframeNames = ['timeframe', 'tf', 'interval', 'resolution'];
/** The last is the index of a data frame that was written with it. */
export const barTimeNames = ['ts', 'ts_iso', 'timestamp', 'datetime', 'time', 'date', '__index_level_0__'];

const priceNames: Readonly<Record<string, readonly string[]>> = {
  open: ['open', 'o'],
  high: ['high', 'h'],
  low: ['low', 'l'],
  close: ['close', 'c'],
  volume: ['volume', 'vol', 'v'],
};

/** Candles: every column but `global_x` and `source` must be there, or be filled in for the whole file. */
export function candleColumns(dataset: Dataset, shape: FileShape, mode: CastMode): CanonicalSelect {
  try {
    const file = new ForeignColumns(shape, mode);
    const columns = new Map<string, string>();
    const fill = (name: string) => {
      const value = shape.fills[name];
      return value === undefined ? '' : literal(value);
    };
    const ts = barTime(file);
    columns.set('symbol', file.text(symbolNames) ?? fill('symbol'));
    columns.set('timeframe', file.text(timeframeNames) ?? fill('timeframe'));
    columns.set('ts', ts ?? '');
    columns.set('ts_iso', ts === null ? '' : isoSql(ts));
    for (const [name, names] of Object.entries(priceNames))
      columns.set(name, file.number(names) ?? fill(name));
    const missing = [...columns].find(([, sql]) => sql === '')?.[0];
    if (missing !== undefined) return { ok: false, reason: `it has no column ${missing}` };
    columns.set('global_x', file.hint(['global_x']) ?? 'NULL::BIGINT');
    columns.set('source', file.text(['source']) ?? 'NULL::VARCHAR');
    columns.set('schema_version', `${dataset.version}::BIGINT`);
    return { ok: true, columns, fault: file.faultSql(), barIndex: 'NULL::BIGINT' };
  } catch (error) {
    if (error instanceof InconvertibleColumn) return { ok: false, reason: error.message };
    throw error;
  }
}

/** A bare column of ms is left as it is, so that filters skip what they need not read. */
function barTime(file: ForeignColumns): string | null {
  const ts = file.instant(barTimeNames);
  if (ts === null || ts === '"ts"') return ts;
  const iso = file.instant(['ts_iso']);
  return iso === null || iso === ts ? ts : `coalesce(${ts}, ${iso})`;
}
