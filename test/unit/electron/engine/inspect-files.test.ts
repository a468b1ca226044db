import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';
import { readContents, readFooters } from '../../../../electron/engine/inspect-files.ts';
import { writeRows } from '../../../../electron/engine/write-rows.ts';
import { writeFile } from 'node:fs/promises';
import { encodePart } from '../../../../electron/storage/part-writer.ts';
import { fiveMinutes, storedCandle, storedObject } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

describe('readFooters', () => {
  it('reads columns, and the metadata that our writers put there', async () => {
    const { engine, folder, part } = await setup();
    await part('a.parquet', [0], { 'tapedeck.sequence': '7', other: 'x' });
    const { found, unreadable } = await readFooters(engine, folder, ['a.parquet']);
    expect(unreadable).toEqual([]);
    expect(found.get('a.parquet')?.metadata).toEqual({ 'tapedeck.sequence': '7' });
    expect(found.get('a.parquet')?.columns.slice(0, 3)).toEqual([
      ['symbol', 'VARCHAR'],
      ['timeframe', 'VARCHAR'],
      ['ts', 'BIGINT'],
    ]);
  });

  it('names the files that it cannot read and reads the others', async () => {
    const { engine, folder, part } = await setup();
    await part('a.parquet', [0]);
    await writeFile(`${folder}/b.parquet`, 'PAR1PAR1');
    await writeFile(`${folder}/c.parquet`, '');
    const { found, unreadable } = await readFooters(engine, folder, [
      'a.parquet',
      'b.parquet',
      'c.parquet',
      'd.parquet',
    ]);
    expect([...found.keys()]).toEqual(['a.parquet']);
    expect(unreadable.map(({ path }) => path)).toEqual(['b.parquet', 'c.parquet', 'd.parquet']);
  });
});

describe('readContents', () => {
  it('counts rows and bounds by file and symbol', async () => {
    const { engine, folder, part } = await setup();
    await part('a.parquet', [0, 1]);
    await part('b.parquet', [5]);
    const { found } = await readContents(engine, folder, ['b.parquet', 'a.parquet'], {
      dataset: candles,
      isDeep: true,
    });
    const span = { symbol: 'SPY', low: 9, high: 12 };
    expect(found.get('a.parquet')).toEqual({
      rows: 2,
      spans: [{ ...span, rows: 2, first: fiveMinutes(0), last: fiveMinutes(1) }],
      timeframes: ['5m'],
      unsorted: 0,
      repeats: 0,
      emptyColumns: [],
      liars: [],
    });
    expect(found.get('b.parquet')?.spans).toEqual([
      { ...span, rows: 1, first: fiveMinutes(5), last: fiveMinutes(5) },
    ]);
  });

  it('finds rows out of order and keys that come twice, but not across files', async () => {
    const { engine, folder, part } = await setup();
    await part('sorted.parquet', [0, 1, 2]);
    await part('unsorted.parquet', [2, 0, 1]);
    await part('twice.parquet', [0, 0, 1]);
    const paths = ['sorted.parquet', 'unsorted.parquet', 'twice.parquet'];
    const { found } = await readContents(engine, folder, paths, { dataset: candles, isDeep: false });
    expect(paths.map((path) => [found.get(path)?.unsorted, found.get(path)?.repeats])).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
  });

  it('finds an object event that two symbols have, when it looks at everything', async () => {
    const { engine, folder } = await setup();
    const rows = [storedObject({ symbol: 'A' }), storedObject({ symbol: 'B' })];
    await writeRows(engine, objects, rows, `${folder}/a.parquet`, {});
    const { found } = await readContents(engine, folder, ['a.parquet'], { dataset: objects, isDeep: true });
    expect(found.get('a.parquet')?.repeats).toBe(1);
  });

  it('finds values that must be there and are not', async () => {
    const { engine, folder } = await setup();
    await engine.run(`COPY (SELECT 'SPY' AS symbol, '5M' AS timeframe, 1::BIGINT AS ts, NULL::VARCHAR AS ts_iso,
      1.0::DOUBLE AS open, 1.0::DOUBLE AS high, 1.0::DOUBLE AS low, NULL::DOUBLE AS close, 1.0::DOUBLE AS volume,
      NULL::BIGINT AS global_x, NULL::VARCHAR AS source, 1::BIGINT AS schema_version) TO '${folder}/a.parquet'`);
    const { found } = await readContents(engine, folder, ['a.parquet'], { dataset: candles, isDeep: true });
    expect(found.get('a.parquet')).toMatchObject({ emptyColumns: ['ts_iso', 'close'], timeframes: ['5m'] });
  });

  it('finds statistics that leave values out', async () => {
    const { engine, folder, part } = await setup();
    const bytes = await part('a.parquet', [0, 1, 2]);
    const highest = Buffer.alloc(8);
    highest.writeBigInt64LE(BigInt(fiveMinutes(2)));
    // The footer comes last: what is found there are the statistics of the column, not its values.
    const inFooter = bytes.lastIndexOf(highest);
    bytes.writeBigInt64LE(BigInt(fiveMinutes(1)), inFooter);
    bytes.writeBigInt64LE(BigInt(fiveMinutes(1)), bytes.lastIndexOf(highest));
    await writeFile(`${folder}/a.parquet`, bytes);
    const { found } = await readContents(engine, folder, ['a.parquet'], { dataset: candles, isDeep: true });
    expect(found.get('a.parquet')?.liars).toEqual(['ts']);
  });
});

async function setup() {
  const folder = await tempFolder();
  const engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: false });
  onTestFinished(() => engine.close());
  return {
    folder,
    engine,
    /** Bars at these places, in this order. */
    part: async (name: string, places: readonly number[], metadata: Record<string, string> = {}) => {
      const rows = places.map((place) => storedCandle({ ts: fiveMinutes(place) }));
      const bytes = Buffer.from(await encodePart(candles, rows, metadata));
      await writeFile(`${folder}/${name}`, bytes);
      return bytes;
    },
  };
}
