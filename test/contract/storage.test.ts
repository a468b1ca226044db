import type { StorageFile, StorageSummary } from '#shared/domain/storage';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle, objectRow } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';

const dayMs = 86_400_000;

describe('what a store takes', () => {
  it('is told by dataset, symbol, timeframe and tier, with its growth, in figures that add up', async () => {
    const { folder, client, append, appendObjects, compact, close } = await openTestStore();
    await append(flatCandle(1), flatCandle(2, { symbol: 'QQQ' }), flatCandle(3, { timeframe: '15m' }));
    await appendObjects(objectRow());
    await compact();
    const files = await client.files.list({});
    await close();
    const hours = Array.from({ length: 49 }, (_, hour) => ({
      atMs: Date.now() - 2 * dayMs + hour * 3_600_000,
    }));
    await mkdir(join(folder, '_catalog'), { recursive: true });
    await writeFile(
      join(folder, '_catalog', 'size_history.json'),
      JSON.stringify({ samples: hours.map(({ atMs }) => ({ atMs, sizeBytes: 1, files: 1, rows: 1 })) }),
    );
    const { code, json } = await runCli(['storage', '--store', folder, '--json']);
    expect(code).toBe(0);
    const summary = json() as StorageSummary;
    const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    expect(summary).toMatchObject({ files: files.length, rows, sizeBytes: total });
    expect(summary.tiers).toMatchObject([{ tier: 'hot', files: files.length, sizeBytes: total, folder }]);
    expect(summary.datasets.map(({ name, rows }) => [name, rows])).toEqual(
      expect.arrayContaining([
        ['candles', 3],
        ['objects', 1],
      ]),
    );
    for (const parts of [summary.datasets, summary.timeframes, summary.symbols]) {
      expect(Math.abs(parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - total)).toBeLessThan(
        parts.length,
      );
    }
    expect(summary.growth.bytesPerDay).toBeGreaterThan(0);
    expect(summary.growth.daysUntilFull).toBeGreaterThan(0);
    expect(summary.compressionRatio).toBeGreaterThan(0);
  });
});

describe('what is in a file', () => {
  it('is told of a file of the store: columns with statistics, row groups, footer and rows', async () => {
    const { client, append, compact } = await openTestStore();
    await append(flatCandle(1), flatCandle(7, { ts: fiveMinutes(1) }));
    await compact();
    const details = await client.storage.file({ path: 'data/5m/2025-09-02.parquet', headRows: 1 });
    expect(details).toMatchObject({ rows: 2, codecs: ['ZSTD'], rowGroups: [{ rows: 2 }] });
    expect(details.columns.find(({ name }) => name === 'close')).toMatchObject({
      type: 'DOUBLE',
      min: '1.0',
      max: '7.0',
      nulls: 0,
    });
    expect(details.metadata.map(([key]) => key)).toContain('tapedeck.dataset');
    expect(details.head).toHaveLength(1);
    expect(details.head[0]).toEqual(expect.arrayContaining(['SPY', String(fiveMinutes(0))]));
  });

  it('is told on the command line, in a store or alone; what is no such file is refused by name', async () => {
    const { folder, append, compact } = await openTestStore();
    await append(flatCandle(1));
    await compact();
    const path = 'data/5m/2025-09-02.parquet';
    const inStore = (
      await runCli(['storage', 'file', path, '--store', folder, '--json'])
    ).json() as StorageFile;
    const alone = (await runCli(['storage', 'file', join(folder, path), '--json'])).json();
    expect(inStore).toMatchObject({ rows: 1, file: { path, tier: 'hot' } });
    expect(inStore).toMatchObject(alone as object);
    const outside = await runCli(['storage', 'file', 'store.json', '--store', folder]);
    expect(outside).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('store.json is no file of the store') as unknown,
    });
    const broken = await runCli(['storage', 'file', join(folder, 'store.json')]);
    expect(broken).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('store.json cannot be read') as unknown,
    });
  });
});
