import { WorkbenchError } from '#shared/errors';
import type { ColumnStatistics, ResultFormat, SqlAnswer, SqlSort } from '#shared/domain/sql';
import type { SqlPage } from '#shared/domain/sql-page';
import { placeOfByte, utf8Bytes } from '#shared/domain/text-place';
import type { UnreadableFile } from '#shared/domain/viewport';
import {
  DuckDBInstance,
  StatementType,
  type DuckDBConnection,
  type DuckDBPreparedStatement,
  type DuckDBResult,
} from '@duckdb/node-api';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inBatches } from '../../platform/in-batches.ts';
import { errorCodeOf } from '../error-code.ts';
import { fileFault, notThere } from '../file-fault.ts';
import { checkSyntaxTree } from './check-syntax-tree.ts';
import { faultOf, queryError } from './duckdb-fault.ts';
import { KeptResult } from './kept-result.ts';
import { firstWord, readStatement, type StatementText } from './read-statement.ts';
import { describeColumn } from './result-column.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { pathsOf, type StoreSnapshot } from './store-snapshot.ts';
import { storeTableNames } from './store-tables.ts';

export interface QueryRequest {
  readonly snapshot: StoreSnapshot;
  readonly text: string;
  readonly maxRows: number;
  readonly pageRows: number;
}

export type QueryAnswer = Omit<SqlAnswer, 'result' | 'elapsedMs' | 'maxRows'>;

/** Files that may turn out to be unreadable, each by a query that fails, before a query over them is given up. */
const mostLeftOut = 16;
/** What DuckDB calls the failure to read a file; for one that is not there it looks for a folder, which it may not. */
const fileFaults: ReadonlySet<string> = new Set(['IO', 'Invalid Input', 'Serialization', 'Permission']);

/** The user's own queries: one at a time, the result of the last one kept. Meant for a process that can be thrown away. */
export class UserSql {
  readonly #spillFolder: string;
  readonly #keeper: DuckDBConnection;
  #sandbox: Sandbox | null = null;
  #kept: KeptResult | null = null;
  #results = 0;

  private constructor(spillFolder: string, keeper: DuckDBConnection) {
    this.#spillFolder = spillFolder;
    this.#keeper = keeper;
  }

  /** `spillFolder` takes what does not fit into memory. */
  static async open(spillFolder: string): Promise<UserSql> {
    // DuckDB makes no more than the last folder of a path.
    await mkdir(spillFolder, { recursive: true, mode: 0o700 });
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '2',
      memory_limit: '512MiB',
      temp_directory: join(spillFolder, 'results'),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const keeper = await instance.connect();
    await keeper.run("SET TimeZone = 'UTC'; SET max_temp_directory_size = '16GiB'");
    return new UserSql(join(spillFolder, 'queries'), keeper);
  }

  /** Runs one SELECT or EXPLAIN. The result before stays until this one is there; a failure leaves it. */
  async run(request: QueryRequest, signal: AbortSignal): Promise<QueryAnswer> {
    const leftOut: UnreadableFile[] = [];
    for (;;) {
      try {
        return await this.#runOnce(request, leftOut, signal);
      } catch (error) {
        if (signal.aborted) throw new WorkbenchError('cancelled', 'The query was cancelled');
        const named = unreadableFile(request.snapshot, error);
        if (named === null) throw error;
        const missing = named.reason === notThere ? await missingFiles(request.snapshot, leftOut) : [];
        if (missing.length === 0 && leftOut.length >= mostLeftOut) throw error;
        leftOut.push(...(missing.length === 0 ? [named] : missing));
      }
    }
  }

  async page(from: number, rows: number, sort: SqlSort | null): Promise<SqlPage> {
    return this.#result().page(from, rows, sort);
  }

  async statistics(column: number): Promise<ColumnStatistics> {
    return this.#result().statistics(column);
  }

  /** Writes the kept rows to a file that the caller publishes; answers how many there are. */
  async write(path: string, format: ResultFormat, sort: SqlSort | null): Promise<number> {
    const result = this.#result();
    await result.write(path, format, sort).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new WorkbenchError(errorCodeOf(message), message.split('\n')[0] ?? message, { cause: error });
    });
    return result.rows;
  }

  /** Names of functions that can be called in a query. */
  async functions(): Promise<readonly string[]> {
    const rows = await this.#keeper.runAndReadAll(
      `SELECT DISTINCT function_name FROM duckdb_functions()
       WHERE function_type IN ('scalar', 'aggregate', 'macro') AND regexp_full_match(function_name, '[a-z][a-z0-9_]*')
         AND function_name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY 1`,
    );
    return rows.getRows().map(([name]) => String(name));
  }

  async #runOnce(
    { snapshot, text, maxRows, pageRows }: QueryRequest,
    leftOut: readonly UnreadableFile[],
    signal: AbortSignal,
  ): Promise<QueryAnswer> {
    const sandbox = await this.#sandboxOf(snapshot, leftOut);
    const statement = readStatement(text);
    await checkStatement(sandbox, text, statement);
    const interrupt = () => sandbox.connection.interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    let kept: KeptResult | null = null;
    try {
      if (signal.aborted) throw new WorkbenchError('cancelled', 'The query was cancelled');
      const prepared = await prepare(sandbox, statement);
      const result = await prepared.stream();
      kept = await this.#newResult(result);
      const isComplete = await keepRows(result, kept, maxRows, signal);
      kept.finish();
      const page = await kept.page(0, pageRows, null);
      const before = this.#kept;
      this.#kept = kept;
      await before?.drop();
      return {
        statement: statement.isExplain ? 'explain' : 'select',
        columns: kept.columns,
        rows: kept.rows,
        isComplete,
        page,
        leftOut,
        sequence: snapshot.sequence,
      };
    } catch (error) {
      if (kept !== this.#kept) await kept?.drop();
      if (error instanceof WorkbenchError) throw error;
      throw worded(text, statement, error);
    } finally {
      signal.removeEventListener('abort', interrupt);
      // What was not fetched is let go, so that nothing goes on reading files that may be gone by then.
      interrupt();
    }
  }

  async #sandboxOf(snapshot: StoreSnapshot, leftOut: readonly UnreadableFile[]): Promise<Sandbox> {
    const version = `${snapshot.version}-${leftOut.length}`;
    if (this.#sandbox !== null && this.#sandbox.snapshot.version === version) return this.#sandbox;
    this.#sandbox?.close();
    this.#sandbox = null;
    const bad = new Set(leftOut.map(({ path }) => path));
    const readable = bad.size === 0 ? snapshot : withoutFiles(snapshot, bad);
    this.#sandbox = await openSandbox({ ...readable, version }, this.#spillFolder);
    return this.#sandbox;
  }

  async #newResult(result: DuckDBResult): Promise<KeptResult> {
    this.#results += 1;
    const names = result.deduplicatedColumnNames();
    const columns = names.map((name, index) => describeColumn(name, result.columnType(index).toString()));
    return KeptResult.create(this.#keeper, `result_${this.#results}`, columns);
  }

  #result(): KeptResult {
    if (this.#kept === null) throw new WorkbenchError('result-gone', 'Run the query again to see its rows');
    return this.#kept;
  }
}

/** The file of a snapshot that a failure names. */
function unreadableFile({ root, ...snapshot }: StoreSnapshot, error: unknown): UnreadableFile | null {
  const { kind, message } = faultOf(
    error instanceof Error && error.cause !== undefined ? error.cause : error,
  );
  if (!fileFaults.has(kind)) return null;
  const path = pathsOf({ root, ...snapshot }).find((each) => message.includes(`${root}/${each}`));
  if (path === undefined) return null;
  return { path, reason: kind === 'Permission' ? notThere : fileFault(new Error(message)) };
}

/** Those that are gone, all at once: when a period is merged, hundreds go. */
async function missingFiles(
  snapshot: StoreSnapshot,
  known: readonly UnreadableFile[],
): Promise<readonly UnreadableFile[]> {
  const missing: UnreadableFile[] = [];
  const seen = new Set(known.map(({ path }) => path));
  await inBatches(
    pathsOf(snapshot).filter((path) => !seen.has(path)),
    async (path) => {
      const isThere = await access(join(snapshot.root, path)).then(
        () => true,
        () => false,
      );
      if (!isThere) missing.push({ path, reason: notThere });
    },
  );
  return missing.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether all rows of the result were kept. */
async function keepRows(
  result: DuckDBResult,
  kept: KeptResult,
  maxRows: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (signal.aborted) throw new WorkbenchError('cancelled', 'The query was cancelled');
    if (chunk === null || chunk.rowCount === 0) return true;
    const { rowCount } = chunk;
    const room = maxRows - kept.rows;
    kept.add(chunk, maxRows);
    if (rowCount > room) return false;
  }
}

/** Refuses whatever is not one query over the store's tables. */
async function checkStatement(sandbox: Sandbox, text: string, statement: StatementText): Promise<void> {
  const shift = utf8Bytes(text) - utf8Bytes(statement.select);
  const answer = await sandbox.parser
    .runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [statement.select])
    .catch((error: unknown) => {
      throw queryError(text, faultOf(error), shift);
    });
  const tree = JSON.parse(String(answer.getRows()[0]?.[0])) as SerializedSql;
  if (tree.error) throw await refusal(sandbox, text, statement, tree, shift);
  if (tree.statements.length !== 1)
    throw new WorkbenchError('query-invalid', oneAtATime(tree.statements.length));
  const { refusal: refused } = checkSyntaxTree(tree.statements, storeTableNames);
  if (refused !== null) throw queryError(text, { kind: '', ...refused }, shift);
}

type SerializedSql =
  | { readonly error: false; readonly statements: readonly unknown[] }
  | {
      readonly error: true;
      readonly error_type: string;
      readonly error_message: string;
      readonly position?: string;
    };

/** Why the parser did not take a text for a SELECT. */
async function refusal(
  { parser }: Sandbox,
  text: string,
  { select }: StatementText,
  fault: Extract<SerializedSql, { error: true }>,
  shift: number,
): Promise<WorkbenchError> {
  if (fault.error_type !== 'not implemented') {
    const byte = fault.position === undefined ? null : Number(fault.position);
    return queryError(text, { kind: fault.error_type, message: fault.error_message, byte }, shift);
  }
  const statements = await parser.extractStatements(select);
  const word = firstWord(select);
  // It becomes several statements, so that they cannot be counted.
  if (statements.count > 1 && word !== 'PIVOT')
    return new WorkbenchError('query-invalid', oneAtATime(statements.count));
  const message =
    word === 'PIVOT'
      ? 'PIVOT needs its values named and a SELECT around it: SELECT * FROM (PIVOT … ON column IN (…) USING …)'
      : `${word} cannot be run here: a query reads the store and changes nothing, so it is a SELECT or an EXPLAIN`;
  return new WorkbenchError('query-invalid', message, { place: placeOfByte(text, shift) });
}

function oneAtATime(count: number): string {
  return count === 0
    ? 'There is no statement to run'
    : `One statement can be run at a time, and these are ${count}: select the one that is meant`;
}

async function prepare({ connection }: Sandbox, { toRun }: StatementText): Promise<DuckDBPreparedStatement> {
  const extracted = await connection.extractStatements(toRun);
  const prepared = await extracted.prepare(0);
  const kind = prepared.statementType;
  if (extracted.count !== 1 || (kind !== StatementType.SELECT && kind !== StatementType.EXPLAIN)) {
    throw new WorkbenchError('query-invalid', 'Only SELECT and EXPLAIN can be run here');
  }
  if (prepared.parameterCount > 0) {
    throw new WorkbenchError('query-invalid', 'A query takes no parameters: write the values into it');
  }
  return prepared;
}

function worded(text: string, { toRun }: StatementText, error: unknown): Error {
  const fault = faultOf(error);
  if (fault.kind === 'Out of Memory') {
    return new WorkbenchError(
      'query-stopped',
      `The query needs more memory than the 1 GiB it may have: ${fault.message.split('\n')[0] ?? ''}`,
    );
  }
  return queryError(text, fault, utf8Bytes(text) - utf8Bytes(toRun), error);
}

function withoutFiles(snapshot: StoreSnapshot, bad: ReadonlySet<string>): StoreSnapshot {
  const good = (paths: readonly string[]) => paths.filter((path) => !bad.has(path));
  return {
    ...snapshot,
    datasets: snapshot.datasets.map((dataset) => ({
      ...dataset,
      series: dataset.series.map((series) => ({
        ...series,
        single: good(series.single),
        earlier: good(series.earlier),
        later: good(series.later),
      })),
    })),
  };
}
