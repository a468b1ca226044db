import type { TimeStyle } from '#shared/domain/export-profile';
import { formatIsoInZone } from '#shared/domain/zone-time';
import {
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
  type Data,
  type DataType,
} from 'apache-arrow';
import { open } from 'node:fs/promises';
import type { Engine, StreamColumn } from '../engine/engine.ts';
import { rowBatches, type RowBatch } from './row-batches.ts';
import { streamList, type OutputColumn } from './output-columns.ts';
import { orderSql, type OrderedRows } from './write-copy.ts';

/** Rows of a record batch: enough that readers are fast, few enough that one is built in no time. */
const rowsPerBatch = 65_536;

/** Writes one Arrow file (IPC file format), batch by batch; answers how many rows it holds. */
export async function writeArrow(engine: Engine, ordered: OrderedRows, path: string): Promise<number> {
  const { columns, profile, rows } = ordered;
  const sql = `SELECT ${streamList(columns)} FROM (${rows}) AS rows ${orderSql(ordered)}`;
  const builders = columns.map((column) => builderOf(column, profile.time.style, profile.time.zone));
  const schema = new Schema(
    columns.map(
      ({ as, column }, index) => new Field(as, builders[index]?.type ?? new Utf8(), column.nullable),
    ),
  );
  const writer = new RecordBatchFileWriter();
  const file = await open(path, 'wx');
  let count = 0;
  try {
    const writing = (async () => {
      for await (const chunk of writer) await file.write(chunk as Uint8Array);
    })();
    writer.reset(undefined, schema);
    for await (const batch of gathered(rowBatches(engine, sql), columns.length)) {
      const children = batch.columns.map((column, index) => builders[index]?.build(column, batch.count));
      writer.write(
        new RecordBatch(
          schema,
          makeData({
            type: new Struct(schema.fields),
            length: batch.count,
            nullCount: 0,
            children: children.filter((child) => child !== undefined),
          }),
        ),
      );
      count += batch.count;
    }
    writer.close();
    await writing;
  } finally {
    await file.close();
  }
  return count;
}

interface Builder {
  readonly type: DataType;
  readonly build: (column: StreamColumn, count: number) => Data;
}

function builderOf({ kind }: OutputColumn, style: TimeStyle, zone: string): Builder {
  if (kind === 'double') return { type: new Float64(), build: (column, count) => doubles(column, count) };
  if (kind === 'integer') return wholeNumbers(new Int64(), 1n);
  if (kind !== 'instant') return texts((value) => value);
  switch (style) {
    case 'timestamp':
      return wholeNumbers(new TimestampMillisecond('UTC'), 1n);
    case 'epoch-ms':
      return wholeNumbers(new Int64(), 1n);
    case 'epoch-us':
      return wholeNumbers(new Int64(), 1_000n);
    case 'epoch-ns':
      return wholeNumbers(new Int64(), 1_000_000n);
    case 'iso':
      return texts((ms) =>
        zone === 'UTC' ? new Date(Number(ms)).toISOString() : formatIsoInZone(zone, Number(ms)),
      );
  }
}

function isNull(value: number | string | null | undefined): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

function doubles(column: StreamColumn, count: number): Data {
  const values = Float64Array.from({ length: count }, (_, row) => Number(column[row] ?? Number.NaN));
  return makeData({ type: new Float64(), length: count, ...validityOf(column, count), data: values });
}

function wholeNumbers(type: Int64 | TimestampMillisecond, factor: bigint): Builder {
  return {
    type,
    build: (column, count) => {
      const values = BigInt64Array.from({ length: count }, (_, row) =>
        isNull(column[row]) ? 0n : BigInt(column[row] ?? 0) * factor,
      );
      return makeData({ type: type as Int64, length: count, ...validityOf(column, count), data: values });
    },
  };
}

function texts(spell: (value: string) => string): Builder {
  return {
    type: new Utf8(),
    build: (column, count) => {
      const values = Array.from({ length: count }, (_, row) =>
        isNull(column[row]) ? null : spell(String(column[row])),
      );
      const [data] = vectorFromArray(values, new Utf8()).data;
      if (data === undefined) throw new Error('A column came out without its values');
      return data;
    },
  };
}

/** One bit a row, least first; none at all where every row has a value. */
function validityOf(column: StreamColumn, count: number) {
  let nullCount = 0;
  const nullBitmap = new Uint8Array(Math.ceil(count / 64) * 8);
  for (let row = 0; row < count; row += 1) {
    if (isNull(column[row])) nullCount += 1;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap };
}

/** Joins batches, which come as small as DuckDB makes them. */
async function* gathered(
  batches: AsyncIterable<RowBatch>,
  width: number,
): AsyncGenerator<RowBatch, void, undefined> {
  let columns: (string | number | null)[][] = Array.from({ length: width }, () => []);
  let count = 0;
  for await (const batch of batches) {
    for (const [index, column] of batch.columns.entries()) {
      for (let row = 0; row < batch.count; row += 1) columns[index]?.push(column[row] ?? null);
    }
    count += batch.count;
    if (count < rowsPerBatch) continue;
    yield { columns: columns as StreamColumn[], count };
    columns = Array.from({ length: width }, () => []);
    count = 0;
  }
  if (count > 0) yield { columns: columns as StreamColumn[], count };
}
