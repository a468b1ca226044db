import type { Dataset } from '#schemas/define-dataset';
import type { FileShape } from '#shared/domain/file-shape';
import { selectList } from './canonical-columns.ts';
import { canonicalSelect } from './canonical-select.ts';
import type { Engine } from './engine.ts';
import { faultSeparator } from './fault-text.ts';
import type { PlainRow } from './read-rows.ts';
import { isoSql } from './sql.ts';

/** A row of another writer in our columns, before anything was checked. */
export interface CandidateRow {
  /** Place in its file, from 0. */
  readonly row: number;
  readonly values: PlainRow;
  /** The first of its values that is no such value, as it is spelled in the file. */
  readonly fault: { readonly column: string; readonly value: string } | null;
  /** The bar at which an object begins, where the writer counts bars. */
  readonly barIndex: number | null;
  /** Whether the text beside the instant is the one that we would write; true where there is none. */
  readonly hasOwnIso: boolean;
}

export interface RowRange {
  readonly from: number;
  readonly until: number;
}

/** Rows of files of one shape, file by file, in the order of each. A value that does not convert is null and named. */
export async function readCandidates(
  engine: Engine,
  dataset: Dataset,
  paths: readonly string[],
  shape: FileShape,
  range?: RowRange,
): Promise<readonly (readonly CandidateRow[])[]> {
  const select = canonicalSelect(dataset, shape, 'lenient');
  if (!select.ok) throw new Error(select.reason);
  const names = Object.keys(dataset.columns);
  const where =
    range === undefined ? '' : `WHERE file_row_number >= ${range.from} AND file_row_number < ${range.until}`;
  const rows = await engine.rows(
    `SELECT file_index, file_row_number, ${select.fault}, ${select.barIndex}, ${ownIsoSql(dataset, shape, select.columns)},
       ${selectList(select.columns, names)}
     FROM read_parquet($1) ${where} ORDER BY file_index, file_row_number`,
    [paths],
  );
  const files = paths.map((): CandidateRow[] => []);
  for (const [file, row, fault, barIndex, hasOwnIso, ...values] of rows) {
    files[Number(file)]?.push({
      row: Number(row),
      values: Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])),
      fault: faultOf(fault),
      barIndex: typeof barIndex === 'number' ? barIndex : null,
      hasOwnIso: hasOwnIso === true,
    });
  }
  return files;
}

function faultOf(text: unknown): CandidateRow['fault'] {
  if (typeof text !== 'string') return null;
  const [column = '', value = ''] = text.split(faultSeparator);
  return { column, value };
}

function ownIsoSql(dataset: Dataset, { columns }: FileShape, canonical: ReadonlyMap<string, string>): string {
  const iso = Object.entries(dataset.columns).find(
    ([, { kind, of }]) => kind === 'iso' && of === dataset.instant,
  )?.[0];
  const isText = columns.some(([name, type]) => name === iso && type === 'VARCHAR');
  if (iso === undefined || !isText) return 'true';
  return `"${iso}" IS NOT DISTINCT FROM ${isoSql(canonical.get(dataset.instant) ?? 'NULL')}`;
}
