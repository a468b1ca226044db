import { DuckDBInstance } from '@duckdb/node-api';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  allowedTableFunctions,
  checkSyntaxTree,
} from '../../../../../electron/engine/user-sql/check-syntax-tree.ts';
import { openSandbox } from '../../../../../electron/engine/user-sql/sandbox.ts';
import { tempFolder } from '../../../../helpers/temp-folder.ts';

/** The instance that queries run in, asked without the check that stands before it. */
async function setup() {
  const root = await tempFolder();
  const secret = join(root, 'secret.csv');
  await writeFile(secret, 'a\n1\n');
  const empty = { version: '1', root, sequence: 0, datasets: [], shapes: [] };
  const sandbox = await openSandbox(empty, join(root, 'spill'));
  onTestFinished(sandbox.close);
  return { secret, run: (sql: string) => sandbox.connection.run(sql) };
}

describe('openSandbox', () => {
  it('makes an instance that reaches no other file, extension or setting by itself', async () => {
    const { secret, run } = await setup();
    const beyond = [
      `SELECT * FROM read_csv('${secret}')`,
      `SELECT * FROM '${secret}'`,
      `COPY (SELECT 1) TO '${secret}' (use_tmp_file false)`,
      `ATTACH '${secret}.db'`,
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET enable_external_access = true',
      `SET allowed_paths = ['${secret}']`,
    ];
    for (const sql of beyond) await expect(run(sql), sql).rejects.toThrow();
  });
});

describe('checkSyntaxTree', () => {
  it('refuses every table function of DuckDB but those that make a table of their arguments alone', async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const names = (
      await connection.runAndReadAll(
        "SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro')",
      )
    )
      .getRows()
      .map(([name]) => String(name));
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const text = `SELECT 1 WHERE EXISTS (FROM "${name.toUpperCase()}"())`;
      const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [text]);
      const tree = JSON.parse(String(reader.getRows()[0]?.[0])) as { readonly statements: unknown };
      const { refusal } = checkSyntaxTree(tree.statements, []);
      expect(refusal === null, name).toBe(allowedTableFunctions.has(name));
    }
  });
});
