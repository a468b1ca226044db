import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDoubleVector,
  DuckDBInstance,
  DuckDBVarCharVector,
  LIST,
  listValue,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCell, type Cell, type ColumnType } from './append-cell.ts';
import { createTurns } from './take-turns.ts';

/** A value bound to a query. Whole numbers up to 2^53 go in as BIGINT: bound as DOUBLE a filter loses its pruning. */
export type Bound = number | string | readonly string[];

export interface EngineOptions {
  readonly threads: number;
  readonly memoryLimit: string;
  /**
   * Whether what a file held once can be taken for what it holds: twice as fast, and right for the store's own files,
   * whose names are never used again. Wrong where files are written and read back under one name.
   */
  readonly trustsFileNames: boolean;
  /** Told of every statement when it has ended: what it took, without the time it waited. */
  readonly onStatement?: (sql: string, elapsedMs: number) => void;
}

/**
 * DuckDB, for everyone else. A connection runs one query at a time; those that wait are served in order, except that
 * an aborted one leaves at once: one that runs is interrupted.
 */
export interface Engine {
  /** A result whose columns are all DOUBLE, as one array a column. */
  readonly numbers: (sql: string, values: readonly Bound[], signal?: AbortSignal) => Promise<Float64Array[]>;
  /** A small result, row by row. BIGINT comes as number. */
  readonly rows: (
    sql: string,
    values: readonly Bound[],
    signal?: AbortSignal,
  ) => Promise<readonly (readonly (string | number | boolean | null)[])[]>;
  /** A result of any size whose columns are all DOUBLE or VARCHAR, a stretch of rows at a time; null as NaN or null. */
  readonly stream: (
    sql: string,
    onRows: (columns: readonly StreamColumn[], count: number) => Promise<void> | void,
  ) => Promise<void>;
  /** A statement without a result. */
  readonly run: (sql: string, values?: readonly Bound[], signal?: AbortSignal) => Promise<void>;
  /** Adds rows to a table; values must fit its column types, whole numbers go into BIGINT columns. */
  readonly fill: (
    table: string,
    types: readonly ColumnType[],
    rows: readonly (readonly Cell[])[],
  ) => Promise<void>;
  /** Adds rows to a table whose columns are all DOUBLE. */
  readonly fillNumbers: (table: string, columns: readonly Float64Array[]) => Promise<void>;
  /** Another connection to the same instance: what runs there does not wait for what runs here. */
  readonly sibling: () => Promise<Engine>;
  /** Closes this connection; the instance goes with its first one. What still runs or waits is cancelled. */
  readonly close: () => void;
}

export type StreamColumn = Float64Array | readonly (string | null)[];

/** One instance in memory; it reads Parquet files and keeps nothing. */
export async function createEngine({
  threads,
  memoryLimit,
  trustsFileNames,
  onStatement = () => undefined,
}: EngineOptions): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: memoryLimit,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Where a sort goes that does not fit in memory; its own choice would be the folder we happen to be started in.
    temp_directory: join(tmpdir(), `tapedeck-duckdb-${randomUUID()}`),
  });
  const connection = await instance.connect();
  // Where a name may be used again, no block of a file may be kept: one of the same size is taken for the one before.
  await connection.run(
    trustsFileNames
      ? "SET parquet_metadata_cache = true; SET validate_external_file_cache = 'NO_VALIDATION'"
      : 'SET enable_external_file_cache = false',
  );
  return engineOver(connection, instance, onStatement, () => {
    connection.closeSync();
    instance.closeSync();
  });
}

function engineOver(
  connection: DuckDBConnection,
  instance: DuckDBInstance,
  onStatement: NonNullable<EngineOptions['onStatement']>,
  letGo: () => void,
): Engine {
  const turns = createTurns(() => connection.interrupt());
  const inTurn = turns.take;

  function timed<T>(sql: string, act: () => Promise<T>): () => Promise<T> {
    return async () => {
      const startedMs = performance.now();
      try {
        return await act();
      } finally {
        onStatement(sql, performance.now() - startedMs);
      }
    };
  }

  return {
    numbers: (sql, values, signal) =>
      inTurn(
        timed(sql, async () => {
          const result = await connection.run(sql, ...bind(values));
          const chunks = await result.fetchAllChunks();
          const count = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
          return Array.from({ length: result.columnCount }, (_, column) => {
            const numbers = new Float64Array(count);
            let offset = 0;
            for (const chunk of chunks) {
              const vector = chunk.getColumnVector(column);
              if (!(vector instanceof DuckDBDoubleVector))
                throw new Error(`Column ${column} is not DOUBLE: ${sql}`);
              copyNumbers(vector, chunk.rowCount, numbers, offset);
              offset += chunk.rowCount;
            }
            return numbers;
          });
        }),
        signal,
      ),
    rows: (sql, values, signal) =>
      inTurn(
        timed(sql, async () => {
          const reader = await connection.runAndReadAll(sql, ...bind(values));
          return reader.getRows().map((row) => row.map(plain));
        }),
        signal,
      ),
    stream: (sql, onRows) =>
      inTurn(
        timed(sql, async () => {
          const result = await connection.stream(sql);
          for (;;) {
            const chunk = await result.fetchChunk();
            if (chunk === null || chunk.rowCount === 0) return;
            const { rowCount } = chunk;
            const columns = Array.from({ length: chunk.columnCount }, (_, column) =>
              streamColumn(chunk.getColumnVector(column), rowCount),
            );
            await onRows(columns, rowCount);
          }
        }),
      ),
    run: (sql, values = [], signal) =>
      inTurn(
        timed(sql, async () => {
          await connection.run(sql, ...bind(values));
        }),
        signal,
      ),
    fill: (table, types, rows) =>
      inTurn(async () => {
        const appender = await connection.createAppender(table);
        for (const row of rows) {
          types.forEach((type, index) => appendCell(appender, type, row[index] ?? null));
          appender.endRow();
        }
        appender.closeSync();
      }),
    fillNumbers: (table, columns) =>
      inTurn(async () => {
        const appender = await connection.createAppender(table);
        for (let start = 0; start < (columns[0]?.length ?? 0); start += rowsPerChunk)
          appender.appendDataChunk(
            chunkOf(columns.map((column) => column.subarray(start, start + rowsPerChunk))),
          );
        appender.closeSync();
      }),
    sibling: async () => {
      const other = await instance.connect();
      return engineOver(other, instance, onStatement, () => {
        other.closeSync();
      });
    },
    close: () => {
      // Let go of under a running query it takes the whole process down.
      void turns.end().then(letGo);
    },
  };
}

/** The most rows that DuckDB takes at once. */
const rowsPerChunk = 2_048;

function chunkOf(columns: readonly Float64Array[]): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(
    columns.map(() => DOUBLE),
    columns[0]?.length ?? 0,
  );
  columns.forEach((column, index) => {
    const vector = chunk.getColumnVector(index);
    if (!(vector instanceof DuckDBDoubleVector)) throw new Error(`Column ${index} is not DOUBLE`);
    // A new vector has no missing values; set one by one, each would be asked about.
    (vector as unknown as VectorMemory).items.set(column);
    vector.flush();
  });
  return chunk;
}

/** What a vector of numbers is inside the client: the values, and a bit for each that says whether there is one. */
interface VectorMemory {
  readonly items: Float64Array;
  readonly validity: { readonly data: BigUint64Array | null };
}

/**
 * Values of a vector, null as NaN. They are taken from the memory that the client keeps to itself: asked one by one it
 * tests each for null with BigInts, which takes forty times as long.
 */
function copyNumbers(vector: DuckDBDoubleVector, count: number, into: Float64Array, offset: number): void {
  const { items, validity } = vector as unknown as VectorMemory;
  into.set(items.subarray(0, count), offset);
  const { data } = validity;
  if (data === null) return;
  const bits = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let row = 0; row < count; row += 1) {
    if (((bits[row >> 3] ?? 0) & (1 << (row & 7))) === 0) into[offset + row] = Number.NaN;
  }
}

function streamColumn(vector: unknown, count: number): StreamColumn {
  if (vector instanceof DuckDBDoubleVector) {
    const numbers = new Float64Array(count);
    copyNumbers(vector, count, numbers, 0);
    return numbers;
  }
  if (vector instanceof DuckDBVarCharVector)
    return Array.from({ length: count }, (_, row) => vector.getItem(row));
  throw new Error('A column is neither DOUBLE nor VARCHAR');
}

function bind(values: readonly Bound[]): [DuckDBValue[], DuckDBType[]] {
  return [values.map(boundValue), values.map(boundType)];
}

function boundValue(value: Bound): DuckDBValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return listValue([...value]);
}

function boundType(value: Bound): DuckDBType {
  if (typeof value === 'string') return VARCHAR;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
  return LIST(VARCHAR);
}

function plain(value: DuckDBValue): string | number | boolean | null {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  throw new Error(`A query answered a value of an unexpected type: ${String(value)}`);
}
