import { candles } from '#schemas/datasets/candles';
import type { Dataset } from '#schemas/define-dataset';
import { datasets, findDataset } from '#schemas/index';
import { barColumns, candleAt } from '#shared/domain/candle';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { readBars } from '../../electron/engine/read-bars.ts';
import { readRows, type PlainRow } from '../../electron/engine/read-rows.ts';

const root = join(dirname(dirname(fileURLToPath(import.meta.url))), 'corpus');

/** Files as earlier versions wrote them: `<dataset>/v<version>/<any name>.parquet`, and beside each its rows as JSON. */
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.split(sep).join('/'))
  // `foreign/` is what other programs wrote, which has its own tests.
  .filter((path) => path.endsWith('.parquet') && !path.startsWith('foreign/'))
  .sort();

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: true });
});
afterAll(() => engine.close());

it('holds a file of every version of every dataset', () => {
  const versions = datasets.flatMap(({ name, version }) =>
    Array.from({ length: version }, (_, index) => `${name}/v${index + 1}`),
  );
  expect([...new Set(files.map((path) => dirname(path)))].sort()).toEqual(versions.sort());
});

async function expectedRows(path: string): Promise<readonly PlainRow[]> {
  const text = await readFile(join(root, path.replace(/\.parquet$/, '.json')), 'utf8');
  return JSON.parse(text) as readonly PlainRow[];
}

function symbolsOf(rows: readonly PlainRow[]): readonly string[] {
  return [...new Set(rows.map(({ symbol }) => String(symbol)))];
}

it.each(files)('%s has the rows that it was written with', async (path) => {
  const dataset = findDataset(path.split('/')[0] ?? '') as Dataset;
  const expected = await expectedRows(path);
  const found: PlainRow[] = [];
  for (const equals of symbolsOf(expected)) {
    const where = { column: 'symbol', equals };
    const { value, unreadable } = await readRows(engine, { root, paths: [path] }, dataset, where);
    expect(unreadable).toEqual([]);
    found.push(...value);
  }
  expect(found).toStrictEqual(expected);
});

it.each(files.filter((path) => path.startsWith(`${candles.name}/`)))('%s has its bars', async (path) => {
  const expected = await expectedRows(path);
  for (const symbol of symbolsOf(expected)) {
    const { value } = await readBars(engine, { root, paths: [path], symbol, from: -8e15, until: 8e15 });
    const rows = expected.filter((row) => row['symbol'] === symbol);
    expect(Array.from(value.ts, (_, index) => candleAt(value, index))).toEqual(
      rows.map((row) => Object.fromEntries(barColumns.map((name) => [name, row[name]]))),
    );
  }
});
