import type { ExportProfile } from '#shared/domain/export-profile';
import type { Engine } from '../engine/engine.ts';
import { datasetOf, type ExportSlice } from '../engine/export-slice.ts';
import { quoteName, quoteText } from '../engine/sql.ts';
import { outputList, type OutputColumn } from './output-columns.ts';

/** The rows of one file, in their order. */
export interface OrderedRows {
  readonly slice: ExportSlice;
  /** SQL of the rows in the columns of the dataset. */
  readonly rows: string;
  readonly isSorted: boolean;
  readonly columns: readonly OutputColumn[];
  readonly profile: ExportProfile;
}

/** What rows are sorted by. */
export function orderSql({ slice, isSorted }: Pick<OrderedRows, 'slice' | 'isSorted'>): string {
  if (isSorted) return '';
  const order = slice.isReduced ? ['symbol', 't_start', 'object_id'] : datasetOf(slice).sortedBy;
  return `ORDER BY ${order.map((name) => `rows.${quoteName(name)}`).join(', ')}`;
}

/** Has DuckDB write one file; answers how many rows it holds. */
export async function writeCopy(engine: Engine, ordered: OrderedRows, path: string): Promise<number> {
  const [count = []] = await engine.rows(
    `COPY (${selectSql(ordered)}) TO ${quoteText(path)} (${copyOptions(ordered.profile)})`,
    [],
  );
  return Number(count[0]);
}

/** SQL of the rows as they are written. */
export function selectSql(ordered: OrderedRows): string {
  const { slice, rows, columns, profile } = ordered;
  const list = outputList(columns, profile, datasetOf(slice), { from: slice.from, until: slice.until });
  return `SELECT ${list} FROM (${rows}) AS rows ${orderSql(ordered)}`;
}

function copyOptions({ format, compression }: ExportProfile): string {
  switch (format) {
    case 'jsonl':
      return `FORMAT json, COMPRESSION ${compression}`;
    case 'parquet':
      return `FORMAT parquet, COMPRESSION ${compression === 'none' ? 'uncompressed' : compression}`;
    case 'csv':
    case 'postgresql':
      return `FORMAT csv, HEADER true, COMPRESSION ${compression}`;
    case 'arrow':
    case 'xlsx':
    case 'lean':
      throw new Error(`${format} is not written by DuckDB`);
  }
}
