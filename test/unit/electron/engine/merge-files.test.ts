import { candles } from '#schemas/datasets/candles';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';
import { mergeFiles } from '../../../../electron/engine/merge-files.ts';
import { readBack, summarize, type RecordedRows } from '../../../../electron/engine/row-summary.ts';
import { writeSorted } from '../../../../electron/engine/write-sorted.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

const minute = 60_000;

/** Bars of two symbols from a minute on; `price` of each. */
function barsSql(from: number, count: number, price: string): string {
  const prices = ['open', 'high', 'low', 'close'].map((name) => `(${price})::DOUBLE AS ${name}`);
  return `SELECT symbol, '1m' AS timeframe, ts, 'x' || ts AS ts_iso, ${prices.join(', ')}, 1::DOUBLE AS volume, NULL::BIGINT AS global_x, NULL::VARCHAR AS source,
      1::BIGINT AS schema_version
    FROM (VALUES ('QQQ'), ('SPY')) AS s(symbol), (SELECT ${minute} * m AS ts FROM range(${from}, ${from + count}) AS r(m))`;
}

async function setup() {
  const folder = await tempFolder();
  const read: string[] = [];
  const engine = await createEngine({
    ...{ threads: 2, memoryLimit: '512MB', trustsFileNames: false },
    onStatement: (sql) => read.push(sql),
  });
  onTestFinished(() => {
    engine.close();
  });
  const write = async (name: string, source: string) => {
    const [path, { spans }] = [join(folder, name), await summarize(engine, candles, source)];
    await writeSorted(engine, { dataset: candles, source, spans, output: path, metadata: {} });
    return { path, recorded: await readBack(engine, candles, path) };
  };
  const output = join(folder, 'out.parquet');
  const merge = (inputs: readonly string[], recorded?: readonly RecordedRows[]) =>
    mergeFiles(engine, candles, {
      ...{ inputs, output, metadata: {}, globalX: [] },
      ...(recorded === undefined ? {} : { recorded }),
    });
  /** How many statements so far have read a file. */
  const readingsOf = (path: string) => read.filter((sql) => sql.includes(path)).length;
  return { engine, write, merge, output, readingsOf };
}

describe('mergeFiles', () => {
  it('answers the same with and without what was recorded of its inputs, and with it sums them up no more', async () => {
    const { write, merge, readingsOf } = await setup();
    const [one, two] = [
      await write('one.parquet', barsSql(0, 30, '10.0 + ts % 7')),
      await write('two.parquet', barsSql(30, 30, '20.0 + ts % 7')),
    ];
    const before = readingsOf(one.path);
    const plain = await merge([one.path, two.path]);
    const plainReadings = readingsOf(one.path) - before;
    const quick = await merge([one.path, two.path], [one.recorded, two.recorded]);
    expect(quick).toEqual(plain);
    expect(quick).toMatchObject({ rowsIn: 120, rowsOut: 120, duplicates: 0 });
    expect(readingsOf(one.path) - before - plainReadings).toBe(plainReadings - 1);
  });

  it('keeps the later of two rows with one key, whose files were recorded', async () => {
    const { engine, write, merge, output } = await setup();
    const [one, two] = [
      await write('one.parquet', barsSql(0, 30, '10.0')),
      await write('two.parquet', barsSql(20, 20, '20.0')),
    ];
    const merged = await merge([one.path, two.path], [one.recorded, two.recorded]);
    expect(merged).toMatchObject({ rowsIn: 100, rowsOut: 80, duplicates: 20, conflicts: 20 });
    const closes = await engine.rows(
      `SELECT close, count(*) FROM read_parquet('${output}') GROUP BY close ORDER BY close`,
      [],
    );
    expect(closes).toEqual([
      [10, 40],
      [20, 40],
    ]);
  });

  it.each([
    ['has another value', barsSql(30, 30, 'CASE ts WHEN 1860000 THEN 20.01 ELSE 20.0 END')],
    ['lacks a row', barsSql(30, 29, '20.0')],
    [
      'has a row twice, and another not at all',
      `${barsSql(30, 29, '20.0')} UNION ALL ${barsSql(58, 1, '20.0')}`,
    ],
  ])('leaves no file and names the input that %s since it was written', async (_, changed) => {
    const { write, merge, output } = await setup();
    const one = await write('one.parquet', barsSql(0, 30, '10.0'));
    const { recorded } = await write('two.parquet', barsSql(30, 30, '20.0'));
    const two = await write('two.parquet', changed);
    await expect(merge([one.path, two.path], [one.recorded, recorded])).rejects.toThrow(
      `${two.path} does not hold the rows that were written to it`,
    );
    expect(existsSync(output)).toBe(false);
  });

  it('does not go by what another version recorded', async () => {
    const { write, merge } = await setup();
    const one = await write('one.parquet', barsSql(0, 30, '10.0'));
    const recorded = { ...one.recorded, digest: 'candles 1 v0.0.1 7' };
    expect(await merge([one.path], [recorded])).toMatchObject({
      rowsOut: 60,
      rowDigest: one.recorded.digest,
    });
  });
});
