import type { ExportProfile } from '#shared/domain/export-profile';
import { datasetOf } from '../../engine/export-slice.ts';
import { quoteName, quoteText } from '../../engine/sql.ts';
import type { OutputColumn } from '../output-columns.ts';
import { meaningOf } from './dictionary.ts';
import type { Companion, Exported, ExportedTable } from './companion.ts';

/** The schema of the tables, and the scripts that load the files into an empty database: all of it or nothing. */
export function postgresqlScripts({ profile, tables }: Exported): readonly Companion[] {
  return [
    { path: 'schema.sql', text: tables.map((table) => schemaOf(table, profile)).join('\n') },
    { path: 'load.sql', text: loadScript(tables) },
    { path: 'load.sh', text: shellScript },
  ];
}

function schemaOf({ slice, columns }: ExportedTable, profile: ExportProfile): string {
  const dataset = datasetOf(slice);
  const table = quoteName(dataset.name);
  const key = keyOf(slice.isReduced, dataset.key, columns);
  const definitions = columns.map(
    (column) =>
      `  ${quoteName(column.as)} ${typeOf(column, profile)}${column.column.nullable ? '' : ' NOT NULL'}`,
  );
  const instant = columns.find(({ from }) => from === dataset.instant);
  return [
    `CREATE TABLE ${table} (`,
    [...definitions, ...(key === null ? [] : [`  PRIMARY KEY (${key.map(quoteName).join(', ')})`])].join(
      ',\n',
    ),
    ');',
    `COMMENT ON TABLE ${table} IS ${quoteText(dataset.doc)};`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${table}.${quoteName(column.as)} IS ${quoteText(meaningOf(column))};`,
    ),
    ...(instant === undefined || slice.isReduced || typeOf(instant, profile) !== 'timestamptz'
      ? []
      : hypertable(dataset.name, instant.as)),
    '',
  ].join('\n');
}

/** The columns that name a row, under their names in the file; null where one is not exported. */
function keyOf(
  isReduced: boolean,
  key: readonly string[],
  columns: readonly OutputColumn[],
): string[] | null {
  const wanted = isReduced ? ['symbol', 'object_id'] : key;
  const names = wanted.flatMap((name) => columns.find(({ from }) => from === name)?.as ?? []);
  return names.length === wanted.length ? names : null;
}

function typeOf({ kind }: OutputColumn, { time }: ExportProfile): string {
  switch (kind) {
    case 'text':
      return 'text';
    case 'double':
      return 'double precision';
    case 'integer':
      return 'bigint';
    case 'json':
      return 'json';
    case 'instant':
      return time.style === 'timestamp' || time.style === 'iso' ? 'timestamptz' : 'bigint';
  }
}

function hypertable(table: string, instant: string): readonly string[] {
  const call = `SELECT create_hypertable(${quoteText(quoteName(table))}, ${quoteText(instant)})`;
  return [
    'DO $$ BEGIN',
    "  IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb') THEN",
    `    EXECUTE ${quoteText(call)};`,
    '  END IF;',
    'END $$;',
  ];
}

function loadScript(tables: readonly ExportedTable[]): string {
  return [
    '-- Loads this export into an empty database, all of it or nothing. Run it in its folder:',
    '--   psql -d DATABASE -f load.sql',
    '\\set ON_ERROR_STOP on',
    "SET client_encoding = 'UTF8';",
    'BEGIN;',
    '\\ir schema.sql',
    ...tables.flatMap(({ slice, columns, files }) =>
      files.map(({ path }) => {
        const names = columns.map(({ as }) => quoteName(as)).join(', ');
        return `\\copy ${quoteName(slice.dataset)} (${names}) FROM '${path}' WITH (FORMAT csv, HEADER true)`;
      }),
    ),
    'COMMIT;',
    ...tables.map(({ slice }) => `ANALYZE ${quoteName(slice.dataset)};`),
    ...tables.map(
      ({ slice }) => `SELECT '${slice.dataset}' AS table, count(*) AS rows FROM ${quoteName(slice.dataset)};`,
    ),
    '',
  ].join('\n');
}

const shellScript = `#!/bin/sh
# Loads this export, wherever it lies: sh load.sh -d DATABASE (and what else psql needs).
cd "$(dirname "$0")" && exec psql "$@" -f load.sql
`;
