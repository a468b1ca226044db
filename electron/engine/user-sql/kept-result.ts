import { packPage, type SqlPage } from '#shared/domain/sql-page';
import type { ColumnStatistics, ResultFormat, SqlColumn, SqlSort } from '#shared/domain/sql';
import type { DuckDBAppender, DuckDBConnection, DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import { quoteName, quoteText } from '../sql.ts';
import { keptName, textSql } from './result-column.ts';

const histogramSteps = 24;
const mostTop = 5;

/**
 * The rows of one result, in a table of an instance of their own: so they can be paged, sorted and summed up however
 * many they are, without running the query again.
 */
export class KeptResult {
  readonly columns: readonly SqlColumn[];
  readonly #connection: DuckDBConnection;
  readonly #table: string;
  readonly #appender: DuckDBAppender;
  #rows = 0;
  #sorted: SqlSort | null = null;

  private constructor(
    connection: DuckDBConnection,
    table: string,
    columns: readonly SqlColumn[],
    appender: DuckDBAppender,
  ) {
    this.#connection = connection;
    this.#table = table;
    this.columns = columns;
    this.#appender = appender;
  }

  static async create(
    connection: DuckDBConnection,
    table: string,
    columns: readonly SqlColumn[],
  ): Promise<KeptResult> {
    const definitions = columns.map(({ type }, index) => `${keptName(index)} ${type}`);
    await connection.run(`CREATE TABLE ${table} (${definitions.join(', ')})`);
    return new KeptResult(connection, table, columns, await connection.createAppender(table));
  }

  get rows(): number {
    return this.#rows;
  }

  get table(): string {
    return this.#table;
  }

  /** Keeps the rows of a chunk up to `most` in all. */
  add(chunk: DuckDBDataChunk, most: number): void {
    chunk.rowCount = Math.min(chunk.rowCount, most - this.#rows);
    if (chunk.rowCount === 0) return;
    this.#appender.appendDataChunk(chunk);
    this.#rows += chunk.rowCount;
  }

  /** No rows come any more. */
  finish(): void {
    this.#appender.closeSync();
  }

  async page(from: number, rows: number, sort: SqlSort | null): Promise<SqlPage> {
    const cells = this.columns.map((column, index) => textSql(keptName(index), column)).join(', ');
    const range = `>= ${from} AND rowid < ${from + rows}`;
    if (sort === null) {
      return this.#packed(from, `SELECT ${cells} FROM ${this.#table} WHERE rowid ${range} ORDER BY rowid`);
    }
    await this.#sortBy(sort);
    return this.#packed(
      from,
      `SELECT ${cells} FROM (SELECT rowid AS place, kept FROM ${this.#sortTable} WHERE rowid ${range}) AS wanted
       JOIN ${this.#table} AS result ON result.rowid = wanted.kept ORDER BY place`,
    );
  }

  async statistics(index: number): Promise<ColumnStatistics> {
    const column = this.columns[index];
    if (column === undefined) throw new Error(`The result has no column ${index}`);
    const name = keptName(index);
    if (column.kind === 'json') {
      const [[nulls] = []] = await this.#rowsOf(
        `SELECT count(*) FILTER (${name} IS NULL)::DOUBLE FROM ${this.#table}`,
      );
      return { ...noStatistics, rows: this.#rows, nulls: Number(nulls) };
    }
    const text = (sql: string) => textSql(sql, column);
    const [[nulls, distinct, min, max] = []] = await this.#rowsOf(
      `SELECT count(*) FILTER (${name} IS NULL)::DOUBLE, count(DISTINCT ${name})::DOUBLE,
         ${text(`min(${name})`)}, ${text(`max(${name})`)} FROM ${this.#table}`,
    );
    const top = await this.#rowsOf(
      `SELECT ${text(name)}, count(*)::DOUBLE AS n FROM ${this.#table} GROUP BY ${name}
       ORDER BY n DESC, ${name} NULLS LAST LIMIT ${mostTop}`,
    );
    return {
      rows: this.#rows,
      nulls: Number(nulls),
      distinct: Number(distinct),
      min: textOf(min),
      max: textOf(max),
      numbers: column.kind === 'number' ? await this.#numbers(name) : null,
      top: top.map(([value, rows]) => ({ value: textOf(value), rows: Number(rows) })),
    };
  }

  /** Writes all rows to a file. It is not flushed; the caller publishes it. */
  async write(path: string, format: ResultFormat, sort: SqlSort | null): Promise<void> {
    const cells = this.columns.map((column, index) => {
      const value = format === 'csv' ? textSql(keptName(index), column) : keptName(index);
      return `${value} AS ${quoteName(column.name)}`;
    });
    const order = sort === null ? 'rowid' : this.#orderOf(sort);
    await this.#connection.run(
      `COPY (SELECT ${cells.join(', ')} FROM ${this.#table} ORDER BY ${order}) TO ${quoteText(path)} (${copyOptions[format]})`,
    );
  }

  async drop(): Promise<void> {
    this.finish();
    await this.#connection.run(`DROP TABLE ${this.#table}; DROP TABLE IF EXISTS ${this.#sortTable}`);
  }

  get #sortTable(): string {
    return `${this.#table}_sorted`;
  }

  /** Equal values stay in the order of the result; those that are missing come last either way. */
  async #sortBy(sort: SqlSort): Promise<void> {
    if (this.#sorted?.column === sort.column && this.#sorted.direction === sort.direction) return;
    this.#sorted = null;
    await this.#connection.run(
      `CREATE OR REPLACE TABLE ${this.#sortTable} AS SELECT rowid AS kept FROM ${this.#table}
       ORDER BY ${this.#orderOf(sort)}`,
    );
    this.#sorted = sort;
  }

  #orderOf({ column, direction }: SqlSort): string {
    return `${keptName(column)} ${direction === 'ascending' ? 'ASC' : 'DESC'} NULLS LAST, rowid`;
  }

  /** Of finite values only: one infinite value would leave nothing else to be seen. */
  async #numbers(name: string): Promise<ColumnStatistics['numbers']> {
    const finite = `(SELECT ${name}::DOUBLE AS v FROM ${this.#table} WHERE isfinite(${name}::DOUBLE))`;
    const [[min, max, mean, deviation, first, middle, third] = []] = await this.#rowsOf(
      `SELECT min(v), max(v), avg(v), coalesce(stddev_samp(v), 0), quantile_cont(v, 0.25), quantile_cont(v, 0.5),
         quantile_cont(v, 0.75) FROM ${finite}`,
    );
    if (typeof min !== 'number' || typeof max !== 'number') return null;
    const histogram = new Array<number>(histogramSteps).fill(0);
    const width = max > min ? `(${max - min} / ${histogramSteps})` : '1';
    const steps = await this.#rowsOf(
      `SELECT least(floor((v - (${min})) / ${width}), ${histogramSteps - 1}) AS step, count(*)::DOUBLE
       FROM ${finite} GROUP BY step`,
    );
    for (const [step, rows] of steps) histogram[Number(step)] = Number(rows);
    return {
      mean: Number(mean),
      deviation: Number(deviation),
      quartiles: [Number(first), Number(middle), Number(third)],
      histogram,
    };
  }

  async #packed(from: number, sql: string): Promise<SqlPage> {
    const rows = await this.#rowsOf(sql);
    return packPage(
      from,
      rows.map((row) => row.map(textOf)),
    );
  }

  async #rowsOf(sql: string): Promise<DuckDBValue[][]> {
    return (await this.#connection.runAndReadAll(sql)).getRows();
  }
}

const copyOptions: Readonly<Record<ResultFormat, string>> = {
  csv: 'FORMAT csv, HEADER true',
  jsonl: 'FORMAT json',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
};

const noStatistics: ColumnStatistics = {
  rows: 0,
  nulls: 0,
  distinct: null,
  min: null,
  max: null,
  numbers: null,
  top: [],
};

function textOf(value: DuckDBValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
