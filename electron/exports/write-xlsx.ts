import type { ExportProfile } from '#shared/domain/export-profile';
import { offsetMsAt } from '#shared/domain/zone-offsets';
import { formatIsoInZone } from '#shared/domain/zone-time';
import { writeXlsxStream } from 'hucre/xlsx';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Engine, StreamColumn } from '../engine/engine.ts';
import { datasetOf } from '../engine/export-slice.ts';
import { rowBatches } from './row-batches.ts';
import { streamList, type OutputColumn } from './output-columns.ts';
import { orderSql, type OrderedRows } from './write-copy.ts';

/** Rows of a sheet, without its heading. */
const rowsPerSheet = 1_048_575;
/** Excel keeps no more digits than a double does: longer whole numbers are written as text. */
const instantFormat = 'yyyy-mm-dd hh:mm:ss.000';

/** How many sheets so many rows take. */
export function sheetsOf(rows: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerSheet));
}

/** Writes one workbook, row by row; answers how many rows it holds. */
export async function writeXlsx(engine: Engine, ordered: OrderedRows, path: string): Promise<number> {
  const { columns, profile, slice, rows } = ordered;
  const sql = `SELECT ${streamList(columns)} FROM (${rows}) AS rows ${orderSql(ordered)}`;
  let count = 0;
  const cells = columns.map((column) => cellOf(column, profile));
  async function* sheetRows() {
    for await (const batch of rowBatches(engine, sql)) {
      count += batch.count;
      for (let row = 0; row < batch.count; row += 1)
        yield cells.map((cell, index) => cell(batch.columns[index] ?? [], row));
    }
  }
  const workbook = writeXlsxStream(sheetRows(), {
    name: datasetOf(slice).name,
    columns: columns.map((column) => headingOf(column, profile)),
    freezePane: { rows: 1 },
  });
  await pipeline(Readable.fromWeb(workbook as never), createWriteStream(path, { flags: 'wx' }));
  return count;
}

function headingOf({ as, kind }: OutputColumn, { time }: ExportProfile) {
  // Dates of Excel have no zone: it is said in the heading.
  if (kind === 'instant' && time.style === 'timestamp')
    return { header: `${as} (${time.zone})`, numFmt: instantFormat, width: 24 };
  return { header: as };
}

type Cell = string | number | Date | null;

function cellOf(
  { kind }: OutputColumn,
  { time }: ExportProfile,
): (column: StreamColumn, row: number) => Cell {
  const value = (column: StreamColumn, row: number) => {
    const found = column[row];
    return found === undefined || Number.isNaN(found) ? null : found;
  };
  if (kind !== 'instant') return value;
  return (column, row) => {
    const ms = value(column, row);
    if (typeof ms !== 'number') return null;
    switch (time.style) {
      case 'timestamp':
        return new Date(ms + offsetMsAt(time.zone, ms));
      case 'iso':
        return time.zone === 'UTC' ? new Date(ms).toISOString() : formatIsoInZone(time.zone, ms);
      case 'epoch-ms':
        return ms;
      case 'epoch-us':
        return String(BigInt(ms) * 1_000n);
      case 'epoch-ns':
        return String(BigInt(ms) * 1_000_000n);
    }
  };
}
