import type { Column, Dataset, StoredRow } from '#schemas/define-dataset';
import {
  ParquetSchema,
  ParquetWriter,
  type ColumnBuffer,
  type ParquetField,
  type RowBuffer,
} from 'parquetjs-lite';

/** Above this the encoder's memory grows faster than its output. */
export const maxPartRows = 4_096;

/** Turns rows into a Parquet file with `metadata` in its footer. */
export type EncodePart = (
  dataset: Dataset,
  rows: readonly StoredRow[],
  metadata: Readonly<Record<string, string>>,
) => Promise<Uint8Array>;

/**
 * Encodes a part in memory with parquetjs-lite; file work is left to the caller, because the library does not wait
 * for its own writes. Its buffer of columns is filled here: its own way in takes rows apart one by one, as if each
 * might be nested, which costs three times what writing them does, and multiplies rows that are not waited for.
 */
export const encodePart: EncodePart = async (dataset, rows, metadata) => {
  if (rows.length > maxPartRows) throw new Error(`${rows.length} rows do not fit one part`);
  const chunks: Buffer[] = [];
  const sink = {
    write(chunk: Buffer, done: (error?: Error) => void) {
      chunks.push(chunk);
      done();
    },
    end(done: (error?: Error) => void) {
      done();
    },
  };
  try {
    const writer = await ParquetWriter.openStream(schemaOf(dataset), sink, {
      rowGroupSize: maxPartRows + 1,
      useDataPageV2: false,
      pageIndex: false,
    });
    for (const [key, value] of Object.entries(metadata)) writer.setMetadata(key, value);
    writer.rowBuffer = columnsOf(dataset, rows);
    await writer.close();
  } catch (error) {
    // The library throws plain strings.
    throw error instanceof Error ? error : new Error(`Parquet encoding failed: ${String(error)}`);
  }
  return Buffer.concat(chunks);
};

const schemas = new WeakMap<Dataset, ParquetSchema>();

function schemaOf(dataset: Dataset): ParquetSchema {
  let schema = schemas.get(dataset);
  if (schema === undefined) {
    const fields = Object.entries(dataset.columns).map(([name, column]) => [name, fieldOf(column)]);
    schemas.set(
      dataset,
      (schema = new ParquetSchema(Object.fromEntries(fields) as Record<string, ParquetField>)),
    );
  }
  return schema;
}

/** Rows as the library keeps them until it writes: a page of each column, its nulls told by the definition levels. */
function columnsOf(dataset: Dataset, rows: readonly StoredRow[]): RowBuffer {
  const columnData: Record<string, ColumnBuffer> = {};
  const pages: Record<string, never[]> = {};
  Object.entries(dataset.columns).forEach(([name, column], at) => {
    columnData[name] = columnOf(name, column, rows, at);
    pages[name] = [];
  });
  return { rowCount: rows.length, pageRowCount: rows.length, columnData, pages };
}

function columnOf(name: string, column: Column, rows: readonly StoredRow[], at: number): ColumnBuffer {
  const isDefined = column.nullable ? 1 : 0;
  const buffer: ColumnBuffer = {
    dlevels: [],
    rlevels: [],
    values: [],
    distinct_values: new Set(),
    count: rows.length,
  };
  for (const row of rows) {
    const value = row[at] ?? null;
    if (value !== null) buffer.values.push(value);
    else if (!column.nullable) throw new Error(`${name} is missing`);
    buffer.dlevels.push(value === null ? 0 : isDefined);
  }
  // Taken from here for statistics alone.
  if (hasStatistics(column)) for (const value of buffer.values) buffer.distinct_values.add(value);
  return buffer;
}

/** Statistics of text are compared in UTF-16 order by the library: right for ASCII alone. */
function hasStatistics(column: Column): boolean {
  return column.kind === 'symbol' || parquetTypeOf(column) !== 'UTF8';
}

function fieldOf(column: Column): ParquetField {
  return { type: parquetTypeOf(column), optional: column.nullable, statistics: hasStatistics(column) };
}

function parquetTypeOf(column: Column): ParquetField['type'] {
  switch (column.kind) {
    case 'double':
      return 'DOUBLE';
    case 'instant':
    case 'integer':
    case 'version':
      return 'INT64';
    case 'symbol':
    case 'timeframe':
    case 'text':
    case 'choice':
    case 'iso':
    case 'json':
      return 'UTF8';
  }
}
