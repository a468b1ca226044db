import { candles } from '#schemas/datasets/candles';
import { describe, expect, it } from 'vitest';
import { columnTypes } from '../../../../../electron/engine/column-type.ts';
import type { FileContent } from '../../../../../electron/engine/inspect-files.ts';
import { checkColumns, checkContent, checkFooter } from '../../../../../electron/jobs/verify/check-file.ts';
import type { FileEntry } from '../../../../../electron/storage/file-entry.ts';
import { metadataOf } from '../../../../../electron/storage/file-metadata.ts';
import { fiveMinutes } from '../../../../helpers/rows.ts';

const span = { symbol: 'SPY', rows: 2, first: fiveMinutes(0), last: fiveMinutes(1), low: 9, high: 12 };

const entry: FileEntry = {
  path: 'data/5m/2025-09-02.parquet',
  dataset: 'candles',
  timeframe: '5m',
  level: 'day',
  partition: '2025-09-02',
  rows: 2,
  sizeBytes: 1,
  sequence: 5,
  sha256: '',
  spans: [span],
};

const content: FileContent = {
  rows: 2,
  spans: [span],
  timeframes: ['5m'],
  unsorted: 0,
  repeats: 0,
  emptyColumns: [],
  liars: [],
};

describe('checkColumns', () => {
  it('is content with the columns of the dataset in any order', () => {
    expect(columnFaults(columnTypes(candles).toReversed())).toEqual([]);
  });

  it('names what is missing, of another type, or too much', () => {
    const columns = columnTypes(candles)
      .filter(([name]) => name !== 'volume')
      .map(([name, type]): [string, string] => [name, name === 'close' ? 'FLOAT' : type]);
    expect(columnFaults([...columns, ['vwap', 'DOUBLE']])).toEqual([
      'close is FLOAT instead of DOUBLE; volume is missing; vwap is no column of candles',
    ]);
  });

  it('lets a file of another program have columns beside ours, and holds it to those it was taken in with', () => {
    const columns = [...columnTypes(candles), ['vwap', 'DOUBLE']] as [string, string][];
    expect(checkColumns(entry, candles, { columns, metadata: {} })).toEqual([]);
    const shape = { columns: [['time', 'TIMESTAMP']], unit: 'ms', zone: 'UTC', fills: {} } as const;
    expect(
      checkColumns({ ...entry, shape }, candles, { columns: [['time', 'TIMESTAMP']], metadata: {} }),
    ).toEqual([]);
    expect(checkColumns({ ...entry, shape }, candles, { columns, metadata: {} })).toMatchObject([
      { detail: 'time is missing' },
    ]);
  });
});

describe('checkFooter', () => {
  it('is content with what the writer says, and with a file that says nothing', () => {
    expect(footerFaults(metadataOf('store', candles, 5, ['a', 'b']))).toEqual([]);
    expect(footerFaults({})).toEqual([]);
  });

  it.each([
    ['another dataset', { 'tapedeck.dataset': 'objects 1' }, 'its footer says it holds objects'],
    ['another sequence', { 'tapedeck.sequence': '6' }, 'its footer says sequence 6, the log says 5'],
    [
      'a version that is not known yet',
      { 'tapedeck.dataset': 'candles 9' },
      'its footer says version 9, which this program does not know',
    ],
    ['inputs that make no sense', { 'tapedeck.inputs': 'AAAA' }, 'what it was made from cannot be read'],
  ])('finds %s', (_, change, detail) => {
    expect(footerFaults({ ...metadataOf('store', candles, 5), ...change })).toEqual([detail]);
  });

  it('does not hold a file of another store to this one', () => {
    expect(footerFaults(metadataOf('elsewhere', candles, 99))).toEqual([]);
  });
});

describe('checkContent', () => {
  it('is content with a file that is as the log says', () => {
    expect(checkContent(entry, content)).toEqual([]);
  });

  it.each<[string, Partial<FileContent>, string, string]>([
    ['too few rows', { rows: 1 }, 'rows', 'it holds 1 row, the log says 2'],
    ['other bounds', { spans: [{ ...span, high: 13 }] }, 'spans', 'high of SPY is 13, the log says 12'],
    ['another symbol', { spans: [{ ...span, symbol: 'QQQ' }] }, 'spans', 'it holds no rows of SPY'],
    [
      'a symbol too many',
      { spans: [span, { ...span, symbol: 'QQQ' }] },
      'spans',
      'it holds rows of QQQ, of which the log says nothing',
    ],
    ['rows of another timeframe', { timeframes: ['5m', '1m'] }, 'partition', 'it holds rows of timeframe 1m'],
    ['rows out of order', { unsorted: 3 }, 'order', '3 rows come before the one in front of them'],
    ['a key twice', { repeats: 1 }, 'repeated-key', '1 row has the key of another row'],
    ['values left out', { emptyColumns: ['close'] }, 'empty-value', 'close must hold a value in every row'],
    [
      'bounds in the footer that do not hold',
      { liars: ['ts'] },
      'statistics',
      'its footer leaves out values of ts, so that filters would miss rows',
    ],
  ])('finds %s', (_, change, kind, detail) => {
    expect(checkContent(entry, { ...content, ...change }).map((found) => [found.kind, found.detail])).toEqual(
      [[kind, detail]],
    );
  });

  it('finds rows of another day', () => {
    const first = fiveMinutes(0) - 86_400_000;
    const early = { ...span, first };
    expect(checkContent({ ...entry, spans: [early] }, { ...content, spans: [early] })).toMatchObject([
      { kind: 'partition', detail: 'a row of SPY is at 2025-09-01T13:30:00.000Z, before 2025-09-02' },
    ]);
  });

  it('lets a part be in any order', () => {
    expect(checkContent({ ...entry, level: 'part' }, { ...content, unsorted: 1, repeats: 1 })).toEqual([]);
  });
});

function columnFaults(columns: readonly (readonly [string, string])[]): string[] {
  return checkColumns(entry, candles, { columns, metadata: metadataOf('store', candles, 5) }).map(
    ({ detail }) => detail,
  );
}

function footerFaults(metadata: Record<string, string>): string[] {
  return checkFooter(entry, candles, 'store', { columns: [], metadata }).map(({ detail }) => detail);
}
