import { candles } from '#schemas/datasets/candles';
import { rollups } from '#schemas/datasets/rollups';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';
import {
  rollUpFiles,
  type RollUpOutput,
  type RollUpSymbol,
} from '../../../../electron/engine/roll-up-files.ts';
import { writeRows } from '../../../../electron/engine/write-rows.ts';
import { storedCandle, type GivenRow } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

const [minute, fiveMinutes] = ['1m', '5m'].map((text) => parseTimeframe(text)!) as [Timeframe, Timeframe];
const start = Date.UTC(2025, 0, 2);
const whole = { from: start, until: start + 86_400_000 };
const at = (index: number) => start + index * 60_000;

async function setup() {
  const folder = await tempFolder();
  const engine = await createEngine({ threads: 2, memoryLimit: '256MB', trustsFileNames: false });
  onTestFinished(() => {
    engine.close();
  });
  const write = async (name: string, ...rows: readonly GivenRow[]) => {
    const path = join(folder, name);
    const stored = rows.map((row) => storedCandle({ timeframe: '1m', ...row }));
    await writeRows(engine, candles, stored, path, {});
    return path;
  };
  const roll = (
    paths: readonly string[],
    symbols: readonly RollUpSymbol[] = [{ symbol: 'SPY', stale: [whole], rows: 1 }],
    output: Partial<RollUpOutput> = {},
  ) =>
    rollUpFiles(engine, {
      period: whole,
      sources: [
        { calendar: 'crypto', timeframe: minute, outputs: [fiveMinutes], paths, shapes: [], symbols },
      ],
      outputs: [
        {
          timeframe: fiveMinutes,
          path: join(folder, 'out.parquet'),
          previous: null,
          metadata: {},
          ...output,
        },
      ],
    });
  const read = (name = 'out.parquet') =>
    engine.rows('SELECT symbol, ts, open, high, low, close, volume FROM read_parquet($1)', [
      join(folder, name),
    ]);
  return { folder, engine, write, roll, read };
}

describe('rollUpFiles', () => {
  it('makes one bar of those in it: first, highest, lowest, last, and the volumes added in order of time', async () => {
    const { write, roll, read } = await setup();
    const path = await write(
      'a.parquet',
      { ts: at(0), open: 10, high: 11, low: 9, close: 10, volume: 0.1 },
      { ts: at(1), open: 10, high: 14, low: 10, close: 12, volume: 0.2 },
      { ts: at(4), open: 12, high: 12, low: 8, close: 11, volume: 0.3 },
      { ts: at(5), open: 11, high: 11, low: 11, close: 11, volume: 7 },
    );
    await roll([path]);
    expect(await read()).toEqual([
      ['SPY', at(0), 10, 14, 8, 11, 0.1 + 0.2 + 0.3],
      ['SPY', at(5), 11, 11, 11, 11, 7],
    ]);
  });

  it('counts of two rows with one key that of the later file', async () => {
    const { write, roll, read } = await setup();
    const paths = [
      await write('a.parquet', { ts: at(0), volume: 1 }, { ts: at(1), volume: 2 }),
      await write('b.parquet', { ts: at(0), volume: 40 }),
    ];
    await roll(paths);
    expect((await read()).map((row) => row[6])).toEqual([42]);
  });

  it('takes over what the previous file says of other days and symbols, and nothing of symbols that it is not told of', async () => {
    const { folder, write, roll, read } = await setup();
    const path = await write(
      'a.parquet',
      ...['A', 'B', 'C'].flatMap((symbol) => [0, 10].map((index) => ({ symbol, ts: at(index), volume: 1 }))),
    );
    const all = ['A', 'B', 'C'].map((symbol) => ({ symbol, stale: [whole], rows: 2 }));
    await roll([path], all, { path: join(folder, 'before.parquet') });
    const later = await write(
      'b.parquet',
      ...[0, 10].map((index) => ({ symbol: 'A', ts: at(index), volume: 5 })),
    );
    await roll(
      [later],
      [
        { symbol: 'A', stale: [{ from: at(0), until: at(5) }], rows: 1 },
        { symbol: 'B', stale: [], rows: 0 },
      ],
      { previous: join(folder, 'before.parquet') },
    );
    expect((await read()).map(([symbol, ts, , , , , volume]) => [symbol, ts, volume])).toEqual([
      ['A', at(0), 5],
      ['A', at(10), 1],
      ['B', at(0), 1],
      ['B', at(10), 1],
    ]);
  });

  it('writes every column of the dataset', async () => {
    const { folder, engine, write, roll } = await setup();
    await roll([await write('a.parquet', { ts: at(3) })]);
    const names = Object.keys(rollups.columns).join(', ');
    expect(await engine.rows(`SELECT ${names} FROM read_parquet($1)`, [join(folder, 'out.parquet')])).toEqual(
      [['SPY', '5m', at(0), '2025-01-02T00:00:00.000Z', 10, 12, 9, 11, 100, '1m', rollups.version]],
    );
  });

  it('writes no file that would have no rows', async () => {
    const { write, roll } = await setup();
    expect(await roll([await write('a.parquet', { symbol: 'QQQ', ts: at(3) })])).toEqual([]);
  });
});
