import { compressionProfiles, type CompressionTrial } from '#shared/domain/compression';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore, type TestStore } from '../helpers/open-test-store.ts';
import { askDuckDb } from '../helpers/parquet.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';

const day = { dataset: 'candles', timeframe: '5m', day: '2025-09-02' };

async function codecOf({ folder }: TestStore, path: string): Promise<unknown> {
  const rows = await askDuckDb('SELECT DISTINCT compression FROM parquet_metadata($1)', join(folder, path));
  return rows.map(([codec]) => codec).join(' ');
}

const bars = (count: number) =>
  Array.from({ length: count }, (_, place) => flatCandle(100 + (place % 7), { ts: fiveMinutes(place) }));

describe('the compression of merged files', () => {
  it('is that of the store, the dataset or the timeframe, the closest first, from the next compaction on', async () => {
    const store = await openTestStore({
      settings: { compression: 'portable', compressionRules: { objects: 'warm', 'candles:5m': 'real-time' } },
    });
    await store.append(...bars(20), flatCandle(2, { timeframe: '15m' }));
    await store.appendObjects(objectRow());
    await store.compact();
    expect(await codecOf(store, 'data/15m/2025-09-02.parquet')).toBe('GZIP');
    expect(await codecOf(store, 'data/5m/2025-09-02.parquet')).toBe('LZ4_RAW');
    expect(await codecOf(store, 'objects/5m/2025-09.parquet')).toBe('ZSTD');
    const before = (await store.view()).candles;
    await store.client.settings.change({ change: { compressionRules: {} } });
    await store.append(flatCandle(5, { ts: fiveMinutes(20) }));
    await store.compact(day);
    expect(await codecOf(store, 'data/5m/2025-09-02.r2.parquet')).toBe('GZIP');
    expect((await store.view()).candles.slice(0, 20)).toEqual(before);
  });
});

describe('tapedeck compression', () => {
  it('measures every profile on stored rows, and leaves nothing behind', async () => {
    const store = await openTestStore();
    await store.append(...bars(500));
    const { folder, close } = store;
    await store.compact();
    const files = await store.client.files.list({});
    await close();
    const { code, json } = await runCli([
      'compression',
      'try',
      '--store',
      folder,
      '--symbol',
      'SPY',
      '--json',
    ]);
    expect(code).toBe(0);
    const trial = json() as CompressionTrial;
    expect(trial).toMatchObject({ dataset: 'candles', timeframe: '5m', symbol: 'SPY', rows: 500 });
    expect(trial.results.map(({ profile }) => profile)).toEqual(compressionProfiles.map(({ id }) => id));
    for (const { sizeBytes, writeMs, readMs } of trial.results) {
      expect(sizeBytes).toBeGreaterThan(0);
      expect(sizeBytes).toBeLessThan(trial.plainBytes);
      expect(writeMs).toBeGreaterThan(0);
      expect(readMs).toBeGreaterThan(0);
    }
    expect((await readdir(tmpdir())).filter((name) => name.startsWith('tapedeck-compression-'))).toEqual([]);
    const again = await openTestStore({ folder });
    expect(await again.client.files.list({})).toEqual(files);
  });

  it('says which profile is used for what, and that there is nothing to try one on', async () => {
    const { folder, close } = await openTestStore({
      settings: { compressionRules: { 'candles:1m': 'cold' } },
    });
    await close();
    const listed = await runCli(['compression', 'list', '--store', folder]);
    expect(listed.stdout).toMatch(/^cold +zstd 19 .*used for candles:1m$/m);
    expect(listed.stdout).toMatch(/^high-volume +zstd 3 .*used for merged files$/m);
    const tried = await runCli(['compression', 'try', '--store', folder, '--symbol', 'SPY']);
    expect(tried).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^SPY: nothing of that is stored/) as unknown,
    });
  });
});
