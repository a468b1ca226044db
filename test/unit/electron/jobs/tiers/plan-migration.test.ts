import type { Hold } from '#shared/domain/hold';
import { DAY } from '#shared/units';
import { tierSettings } from '#schemas/documents/tier-settings';
import { describe, expect, it } from 'vitest';
import {
  planMigration,
  type MigrationFacts,
  type MigrationWish,
} from '../../../../../electron/jobs/tiers/plan-migration.ts';
import type { FileEntry } from '../../../../../electron/storage/file-entry.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const now = Date.UTC(2026, 0, 1);
const old = (days: number) => now - days * DAY;
const facts: MigrationFacts = {
  settings: tierSettings.parse({}),
  holds: [],
  nowMs: now,
  absence: () => null,
};

function moves(files: readonly FileEntry[], wish: MigrationWish = {}, change: Partial<MigrationFacts> = {}) {
  return planMigration(files, wish, { ...facts, ...change }).moves.map(({ path, to }) => [path, to]);
}

describe('planMigration', () => {
  it.each([
    ['half a day', 0.5, []],
    ['exactly a day', 1, []],
    ['two days', 2, [['data/1m/2025-12-20.parquet', 'warm']]],
    ['exactly thirty days', 30, [['data/1m/2025-12-20.parquet', 'warm']]],
    ['a year', 365, [['data/1m/2025-12-20.parquet', 'cold']]],
  ])('moves a file whose newest row is %s old', (_, days, expected) => {
    expect(
      moves([fileEntry({ path: 'data/1m/2025-12-20.parquet', first: old(400), last: old(days) })]),
    ).toEqual(expected);
  });

  it('moves on from tier to tier, and never back by itself', () => {
    const files = [
      fileEntry({ path: 'archive/data/1m/2025-11.parquet', last: old(40) }),
      fileEntry({ path: 'archive/data/1m/2025-12-30.parquet', last: old(3) }),
      fileEntry({ path: 'cold/data/1m/2025-12-31.parquet', last: old(0) }),
    ];
    expect(moves(files)).toEqual([['archive/data/1m/2025-11.parquet', 'cold']]);
  });

  it('goes by the newest row of any symbol', () => {
    const span = (symbol: string, last: number) => ({
      symbol,
      rows: 1,
      first: 0,
      last,
      low: null,
      high: null,
    });
    const file = fileEntry({
      path: 'data/1m/2025.parquet',
      spans: [span('QQQ', old(90)), span('SPY', old(0.2))],
    });
    expect(moves([file])).toEqual([]);
  });

  it('leaves loose parts, rollups, and what a tier that is off would take', () => {
    const files = [
      fileEntry({ path: 'data/1m/2025-01-02/part-1.parquet', last: old(90) }),
      fileEntry({ path: 'rollups/1h/2025-01.parquet', last: old(90) }),
      fileEntry({ path: 'data/1m/2025-01-03.parquet', last: old(90) }),
    ];
    const settings = tierSettings.parse({ cold: { isOn: false } });
    expect(moves(files, {}, { settings })).toEqual([['data/1m/2025-01-03.parquet', 'warm']]);
  });

  it('moves only what is wished for', () => {
    const files = [
      fileEntry({ path: 'data/1m/2025-01.parquet', last: old(90) }),
      fileEntry({ path: 'data/5m/2025-12-28.parquet', last: old(3) }),
      fileEntry({ path: 'objects/5m/2025-01.parquet', last: old(90) }),
    ];
    expect(moves(files, { tier: 'cold', dataset: 'candles' })).toEqual([['data/1m/2025-01.parquet', 'cold']]);
    expect(moves(files, { timeframe: '5m', tier: 'warm' })).toEqual([['data/5m/2025-12-28.parquet', 'warm']]);
  });

  it('brings back what is in a tier, however old', () => {
    const files = [
      fileEntry({ path: 'cold/data/1m/2025-01.parquet', last: old(90) }),
      fileEntry({ path: 'archive/data/1m/2025-12-28.parquet', last: old(3) }),
      fileEntry({ path: 'data/1m/2025-12-29.parquet', last: old(2) }),
    ];
    expect(moves(files, { isBack: true, tier: 'cold' })).toEqual([['cold/data/1m/2025-01.parquet', 'hot']]);
    expect(moves(files, { isBack: true })).toHaveLength(2);
  });

  it('says why files that are old enough stay', () => {
    const hold: Hold = {
      ...{ id: 'hold-1', symbol: 'SPY', dataset: null, from: null, until: null, pattern: null },
      ...{ reason: 'audit', owner: 'ann', createdMs: 0, releasedMs: null, releasedBy: null },
    };
    const files = [
      fileEntry({ path: 'data/1m/2025-01-01.parquet', last: old(90) }),
      fileEntry({
        path: 'data/1m/2025-01-02.parquet',
        symbol: 'QQQ',
        last: old(90),
        shape: { columns: [] } as never,
      }),
      fileEntry({ path: 'archive/data/1m/2025-01-03.parquet', symbol: 'QQQ', last: old(90) }),
      fileEntry({ path: 'data/1m/2025-01-04/part-1.parquet', symbol: 'QQQ', last: old(90) }),
      fileEntry({ path: 'data/1m/2025-12-31/part-2.parquet', symbol: 'QQQ', last: old(0) }),
    ];
    const absence = ({ path }: FileEntry) => (path.startsWith('archive/') ? 'its disk is not there' : null);
    const plan = planMigration(files, {}, { ...facts, holds: [hold], absence });
    expect(plan.moves).toEqual([]);
    expect(plan.kept.map(({ because }) => because)).toEqual([
      'its disk is not there',
      expect.stringContaining('held'),
      expect.stringContaining('another program wrote it'),
      'it is loose: it moves once it has been merged',
    ]);
  });

  it('names the list, so that another one has another name', () => {
    const file = fileEntry({ path: 'data/1m/2025-01.parquet', last: old(90) });
    const digest = (files: readonly FileEntry[]) => planMigration(files, {}, facts).digest;
    expect(digest([file])).toBe(digest([file]));
    expect(digest([{ ...file, rows: 11 }])).not.toBe(digest([file]));
  });
});
