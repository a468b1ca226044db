import { describe, expect, it } from 'vitest';
import { sizeMap } from '../../../../../electron/queries/storage/size-map.ts';
import type { FileEntry } from '../../../../../electron/storage/file-entry.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const span = (symbol: string, rows: number) => ({ symbol, rows, first: 0, last: 0, low: null, high: null });

const files: readonly FileEntry[] = [
  fileEntry({
    path: 'data/1m/2025-09-02.parquet',
    rows: 4,
    sizeBytes: 400,
    spans: [span('QQQ', 1), span('SPY', 3)],
  }),
  fileEntry({ path: 'data/1m/2025-08.parquet', rows: 10, sizeBytes: 50 }),
  fileEntry({ path: 'data/5m/2025-09-02/part-1.parquet', rows: 1, sizeBytes: 7 }),
  fileEntry({ path: 'objects/5m/2025-09.parquet', rows: 2, sizeBytes: 20 }),
];

const sizes = (path: readonly string[]) =>
  sizeMap(files, path).nodes.map(({ name, sizeBytes }) => [name, sizeBytes]);

describe('sizeMap', () => {
  it('divides by dataset, symbol, timeframe, month and day, the largest first', () => {
    expect(sizes([])).toEqual([
      ['candles', 457],
      ['objects', 20],
    ]);
    expect(sizes(['candles'])).toEqual([
      ['SPY', 357],
      ['QQQ', 100],
    ]);
    expect(sizes(['candles', 'SPY'])).toEqual([
      ['1m', 350],
      ['5m', 7],
    ]);
    expect(sizes(['candles', 'SPY', '1m'])).toEqual([
      ['2025-09', 300],
      ['2025-08', 50],
    ]);
    expect(sizes(['candles', 'SPY', '1m', '2025-09'])).toEqual([['2025-09-02', 300]]);
  });

  it('says what is in each piece, and whether there is a way in', () => {
    const [september, august] = sizeMap(files, ['candles', 'SPY', '1m']).nodes;
    expect(september).toMatchObject({ canEnter: true, inside: [{ name: '2025-09-02', sizeBytes: 300 }] });
    expect(august).toMatchObject({ canEnter: false, inside: [] });
  });

  it('counts every byte, row and file once', () => {
    const { total, nodes } = sizeMap(files, ['candles']);
    expect(total).toEqual({ files: 3, rows: 15, sizeBytes: 457 });
    expect(nodes.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(457);
  });

  it('says how many are too small to be listed', () => {
    const many = Array.from({ length: 305 }, (_, place) =>
      fileEntry({ path: `data/1m/2025-09-02/part-${place}.parquet`, symbol: `S${place}`, sizeBytes: 1 }),
    );
    const { nodes, rest } = sizeMap(many, ['candles']);
    expect(nodes).toHaveLength(300);
    expect(rest).toMatchObject({ count: 5, sizeBytes: 5, files: 5 });
  });

  it('is empty where nothing lies', () => {
    expect(sizeMap(files, ['candles', 'DIA'])).toMatchObject({
      nodes: [],
      total: { files: 0, sizeBytes: 0 },
    });
  });
});
