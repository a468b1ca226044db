import type { ImportTimeUnit } from '#shared/domain/import';
import { DataType, RecordBatchReader, type RecordBatch, type Vector } from 'apache-arrow';
import { createReadStream } from 'node:fs';
import type { SourceIntake } from './bar-intake.ts';
import { ValueCells } from './cells.ts';
import type { Content } from './open-content.ts';
import { readStretch } from './read-columns.ts';
import { describe, type Recognised, type RecogniseOptions } from './recognise.ts';
import { UnreadableImport } from './unreadable.ts';

/** Finds out the columns of an Arrow file or stream. Those that hold structures or lists are not looked into. */
export async function recogniseArrow(content: Content, options: RecogniseOptions): Promise<Recognised> {
  for await (const batch of batchesOf(content)) {
    if (batch.numRows === 0) continue;
    const vectors = plainVectors(batch);
    const count = Math.min(20, batch.numRows);
    const rows = Array.from({ length: count }, (_, row) =>
      textsOf(vectors.map(({ vector }) => valueOf(vector, row))),
    );
    const names = vectors.map(({ name }) => name);
    const sample = { format: 'arrow', delimiter: null, hasHeader: true, isNamed: true, names, rows } as const;
    const known = describe(content, sample, options);
    const unit = unitOfVector(vectors[known.source.mapping.time ?? 0]?.vector);
    return unit === null ? known : describe(content, { ...sample, unit }, options);
  }
  throw new UnreadableImport('has no rows');
}

/** Gives the rows of an Arrow file or stream to the intake. */
export async function readArrow(
  { source, content }: Recognised,
  intake: SourceIntake,
  onRows: (rows: number) => void,
): Promise<void> {
  let line = 1;
  for await (const batch of batchesOf(content)) {
    const vectors = plainVectors(batch);
    const value = (column: number, row: number) => {
      const vector = vectors[column]?.vector;
      return vector === undefined ? null : valueOf(vector, row);
    };
    await readStretch({ count: batch.numRows, value }, source.columns.length, line, intake);
    line += batch.numRows;
    onRows(line - 1);
  }
}

async function* batchesOf({ file, compression }: Content): AsyncGenerator<RecordBatch> {
  if (compression !== null) throw new UnreadableImport('is an Arrow file in an archive; unpack it first');
  const stream = createReadStream(file.path);
  try {
    const reader = await RecordBatchReader.from(stream);
    for await (const batch of reader) yield batch;
  } catch (error) {
    if (error instanceof UnreadableImport) throw error;
    const text = error instanceof Error ? error.message : String(error);
    throw new UnreadableImport(
      /compress|codec/i.test(text)
        ? 'is compressed inside; write it without compression, or as Parquet'
        : `is no whole Arrow file (${text})`,
    );
  } finally {
    stream.destroy();
  }
}

function plainVectors(batch: RecordBatch): readonly { readonly name: string; readonly vector: Vector }[] {
  return batch.schema.fields.flatMap(({ name, type }, place) => {
    const vector: Vector | null = batch.getChildAt(place);
    const isNested = DataType.isStruct(type) || DataType.isList(type) || DataType.isMap(type);
    return vector === null || isNested ? [] : [{ name, vector }];
  });
}

/** Times as ms since 1970, as the library reads them; whole numbers beyond 2^53 as text, decimals as numbers. */
function valueOf(vector: Vector, row: number): unknown {
  const value: unknown = vector.get(row);
  const type: unknown = vector.type;
  if (DataType.isDecimal(type) && value !== null)
    return Number((value as { readonly toString: () => string }).toString()) / 10 ** type.scale;
  return typeof value === 'bigint' ? String(value) : value instanceof Date ? value.getTime() : value;
}

function textsOf(values: readonly unknown[]): string[] {
  const cells = new ValueCells();
  cells.values = values;
  return values.map((_, column) => cells.text(column));
}

/** Of columns that are times by their type. */
function unitOfVector(vector: Vector | undefined): ImportTimeUnit | null {
  if (vector === undefined) return null;
  const type: unknown = vector.type;
  if (DataType.isTimestamp(type)) return type.timezone == null || type.timezone === '' ? 'wall-ms' : 'ms';
  return DataType.isDate(type) ? 'wall-ms' : null;
}
