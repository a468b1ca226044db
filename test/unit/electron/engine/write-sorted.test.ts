import { candles } from '#schemas/datasets/candles';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';

import { parquetOptions } from '../../../../electron/engine/parquet-options.ts';
import { readBack, summarize } from '../../../../electron/engine/row-summary.ts';
import { writeSorted } from '../../../../electron/engine/write-sorted.ts';
import { sha256 } from '../../../helpers/parquet.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

const names = Object.keys(candles.columns).join(', ');

/** Bars whose prices are `price`, of some symbols, latest first. */
function barsSql(symbols: number, count: number, price: string, volume: string): string {
  return `SELECT 'S' || lpad(symbol::VARCHAR, 3, '0') AS symbol, '1m' AS timeframe, ts, 'x' || ts AS ts_iso,
      ${price} AS open, ${price} AS high, ${price} AS low, ${price} AS close, ${volume} AS volume,
      NULL::BIGINT AS global_x, 'bot' AS source, 1::BIGINT AS schema_version
    FROM range(${symbols}) AS s(symbol), (SELECT 1756733400000 + 60000 * minute AS ts FROM range(${count}) AS m(minute))
    ORDER BY ts DESC`;
}

/** Of the same rows always the same. */
const anyOf = (count: number, salt: string) => `(hash(symbol, ts, ${salt}) % ${count})::DOUBLE`;

async function setup(source: string) {
  const folder = await tempFolder();
  const engine = await createEngine({ threads: 2, memoryLimit: '512MB', trustsFileNames: false });
  onTestFinished(() => {
    engine.close();
  });
  const summary = await summarize(engine, candles, source);
  const write = async (name: string, query = source) => {
    const output = join(folder, name);
    await writeSorted(engine, {
      dataset: candles,
      source: query,
      spans: summary.spans,
      output,
      metadata: { written: 'by a test' },
    });
    return output;
  };
  const asEver = async () => {
    const output = join(folder, 'as-ever.parquet');
    await engine.run(
      `COPY (SELECT ${names} FROM (${source}) ORDER BY symbol, ts) TO '${output}' (${parquetOptions({})})`,
    );
    return (await stat(output)).size;
  };
  return { engine, summary, write, asEver };
}

describe('writeSorted', () => {
  it('writes every row, in order, whatever encoding it tries', async () => {
    const { engine, summary, write } = await setup(barsSql(90, 400, `20 + ${anyOf(900, '1')} / 100`, '1.0'));
    const written = await readBack(engine, candles, await write('out.parquet'));
    expect(written).toMatchObject({ ...summary, spans: summary.spans, repeats: 0 });
  });

  it.each([
    ['a day of many symbols in cents', barsSql(90, 390, `20 + symbol + ${anyOf(90, '1')} / 100`, '1.0')],
    [
      'a month of one symbol in cents',
      barsSql(1, 8_190, `20 + ${anyOf(2_000, '1')} / 100`, anyOf(90_000, '2')),
    ],
  ])('is much smaller than one encoding for all would be: %s', async (_, source) => {
    const { write, asEver } = await setup(source);
    expect((await stat(await write('out.parquet'))).size).toBeLessThan(0.8 * (await asEver()));
  });

  it('leaves the encoding where no other is smaller', async () => {
    const { write, asEver } = await setup(
      barsSql(1, 40_000, '30000 + 0.5 * (ts // 60000 % 7919)', '0.1 * symbol'),
    );
    expect((await stat(await write('out.parquet'))).size).toBeLessThan(1.01 * (await asEver()));
  });

  it.each([
    ['cased', ['a', 'B', 'A', 'b']],
    ['quoted', ["O'Neil", 'O"Neil', '']],
    ['of letters that two units of UTF-16 are', ['\u{1F600}', '\uFFFC', '\uE000', 'Z']],
  ])('orders symbols as DuckDB compares them: %s', async (_, symbols) => {
    const list = symbols.map((symbol) => `'${symbol.replaceAll("'", "''")}'`).join(', ');
    const rows = barsSql(symbols.length, 10, '1::DOUBLE', '1::DOUBLE');
    const { engine, write } = await setup(
      `SELECT * REPLACE (list_extract([${list}], symbol[2:]::INT + 1) AS symbol) FROM (${rows})`,
    );
    expect(await readBack(engine, candles, await write('out.parquet'))).toMatchObject({
      rows: symbols.length * 10,
      unsorted: 0,
    });
  });

  it('gives the same bytes for the same rows in another order', async () => {
    const source = barsSql(90, 400, `20 + ${anyOf(900, '1')} / 100`, '1.0');
    const { write } = await setup(source);
    const [one, other] = [
      await write('one.parquet'),
      await write('other.parquet', `FROM (${source}) ORDER BY open`),
    ];
    expect(await sha256(one)).toBe(await sha256(other));
  });
});
