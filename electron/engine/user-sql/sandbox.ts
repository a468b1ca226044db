import { objects } from '#schemas/datasets/objects';
import { findDataset } from '#schemas/index';
import { sqlLimits } from '#shared/domain/sql';
import { MIB } from '#shared/units';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { appendCell } from '../append-cell.ts';
import { columnTypes } from '../column-type.ts';
import { quoteName, quoteText } from '../sql.ts';
import { pathsOf, type DatasetSnapshot, type StoreSnapshot } from './store-snapshot.ts';
import { storeTables } from './store-tables.ts';
import { datasetSql, exactTable, lastStatesSql, pendingTable } from './table-sql.ts';

/** An instance that holds one snapshot of a store as views, and can reach nothing else. */
export interface Sandbox {
  readonly snapshot: StoreSnapshot;
  readonly connection: DuckDBConnection;
  /** For questions about a text, which must not end the query that runs on the other. */
  readonly parser: DuckDBConnection;
  readonly close: () => void;
}

/**
 * Opens a snapshot. From then on the instance reads exactly the snapshot's files, loads no extension and takes no
 * setting. It would still let a statement write to those files: only checked queries are run in it.
 */
export async function openSandbox(snapshot: StoreSnapshot, spillFolder: string): Promise<Sandbox> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: `${sqlLimits.memoryBytes / MIB}MiB`,
    temp_directory: spillFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    await fill(connection, snapshot);
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    throw error;
  }
  const parser = await instance.connect();
  return {
    snapshot,
    connection,
    parser,
    close: () => {
      parser.closeSync();
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function fill(connection: DuckDBConnection, snapshot: StoreSnapshot): Promise<void> {
  for (const held of snapshot.datasets) await fillTables(connection, held);
  const paths = pathsOf(snapshot).map((path) => quoteText(`${snapshot.root}/${path}`));
  await connection.run(
    `SET TimeZone = 'UTC'; SET errors_as_json = true; SET max_temp_directory_size = '16GiB';
     SET parquet_metadata_cache = true; SET validate_external_file_cache = 'NO_VALIDATION';
     SET allow_community_extensions = false; SET allowed_paths = [${paths.join(', ')}]`,
  );
  await connection.run('SET enable_external_access = false');
  for (const { name, dataset } of storeTables) {
    const held = snapshot.datasets.find((each) => each.name === dataset.name);
    if (held === undefined) continue;
    const rows = datasetSql(dataset, held, snapshot);
    const isStates = dataset.name === objects.name && name === objects.name;
    await connection.run(`CREATE VIEW ${quoteName(name)} AS ${isStates ? lastStatesSql(`(${rows})`) : rows}`);
  }
  await connection.run('SET lock_configuration = true');
}

async function fillTables(connection: DuckDBConnection, held: DatasetSnapshot): Promise<void> {
  const dataset = findDataset(held.name);
  if (dataset === undefined) throw new Error(`There is no dataset ${held.name}`);
  const columns = columnTypes(dataset);
  const timeframeAt = columns.findIndex(([name]) => name === 'timeframe');
  const definitions = columns.map(([name, type]) => `${quoteName(name)} ${type}`).join(', ');
  await connection.run(
    `CREATE SCHEMA IF NOT EXISTS pending; CREATE TABLE ${pendingTable(held.name)} (${definitions})`,
  );
  const appender = await connection.createAppender(held.name, 'pending');
  for (const { timeframe, pending } of held.series) {
    for (const row of pending) {
      columns.forEach(([, type], index) =>
        appendCell(appender, type, index === timeframeAt ? timeframe : (row[index] ?? null)),
      );
      appender.endRow();
    }
  }
  appender.closeSync();
  if (held.exact === undefined) return;
  await connection.run(
    `CREATE SCHEMA IF NOT EXISTS exact;
     CREATE TABLE ${exactTable(held.name)} (timeframe VARCHAR, symbol VARCHAR, "from" BIGINT, until BIGINT)`,
  );
  const stretches = await connection.createAppender(held.name, 'exact');
  for (const { timeframe, symbol, from, until } of held.exact) {
    appendCell(stretches, 'VARCHAR', timeframe);
    appendCell(stretches, 'VARCHAR', symbol);
    appendCell(stretches, 'BIGINT', from);
    appendCell(stretches, 'BIGINT', until);
    stretches.endRow();
  }
  stretches.closeSync();
}
