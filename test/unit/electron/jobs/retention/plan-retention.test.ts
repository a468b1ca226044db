import type { Hold } from '#shared/domain/hold';
import type { KeptFile, RetentionGuardrails, RetentionPolicy } from '#shared/domain/retention';
import { DAY } from '#shared/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRetention, type RetainableFile } from '../../../../../electron/jobs/retention/plan-retention.ts';
import { fileEntry } from '../../../../helpers/file-entry.ts';

const now = Date.UTC(2026, 0, 1);
const ago = (days: number) => now - days * DAY;
const open: RetentionGuardrails = {
  minAgeDays: 0,
  maxSharePercent: 100,
  keepRollupSources: false,
  keepOpenObjects: true,
};

function policy(change: Partial<RetentionPolicy> = {}): RetentionPolicy {
  return {
    dataset: 'candles',
    timeframe: '1m',
    isOn: true,
    maxAgeDays: null,
    maxSizeBytes: null,
    maxSizeBytesPerSymbol: null,
    exclude: [],
    ...change,
  };
}

function hold(change: Partial<Hold> = {}): Hold {
  return {
    ...{ id: 'hold-1', symbol: null, dataset: null, from: null, until: null, pattern: null },
    ...{ reason: 'audit', owner: 'ann', createdMs: 0, releasedMs: null, releasedBy: null },
    ...change,
  };
}

/** A day file that is so many days old. */
function day(days: number, change: Partial<Parameters<typeof fileEntry>[0]> = {}): RetainableFile {
  const name = new Date(ago(days)).toISOString().slice(0, 10);
  return fileEntry({ path: `data/1m/${name}.parquet`, first: ago(days), last: ago(days) + 1, ...change });
}

function plan(
  files: readonly RetainableFile[],
  policies: readonly RetentionPolicy[],
  guardrails: Partial<RetentionGuardrails> = {},
  holds: readonly Hold[] = [],
) {
  return planRetention(files, policies, holds, now, { ...open, ...guardrails });
}

const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);
const kindsOf = (kept: readonly KeptFile[]) => kept.map(({ kind }) => kind);

describe('planRetention', () => {
  it('goes by the tier that a file lies in, and keeps what a pattern keeps in every tier', () => {
    const files = ['', 'archive/', 'cold/'].map((tier) =>
      fileEntry({ path: `${tier}data/1m/2025-01-0${tier.length}.parquet`, last: ago(90) }),
    );
    const policies = [policy({ maxAgeDays: 30, tier: 'cold' })];
    expect(pathsOf(plan(files, policies).files)).toEqual([files[2]?.path]);
    const excluding = [policy({ maxAgeDays: 30, exclude: ['data/1m/2025-*'] })];
    expect(kindsOf(plan(files, excluding).kept)).toEqual(['excluded', 'excluded', 'excluded']);
    const holds = [hold({ pattern: 'data/1m/*' })];
    expect(kindsOf(plan(files, [policy({ maxAgeDays: 30 })], {}, holds).kept)).toEqual([
      'held',
      'held',
      'held',
    ]);
  });

  it('keeps the last event of an object that is still open, unless that is not wanted', () => {
    const file = fileEntry({
      ...{ path: 'objects/15m/2025-01.parquet', dataset: 'objects', timeframe: '15m', level: 'month' },
      ...{ first: ago(360), last: ago(340) },
    });
    const [span] = file.spans;
    const zone = { id: 'zone-7', symbol: span?.symbol ?? '', timeframe: '15m', lastEventMs: ago(350) };
    const policies = [policy({ dataset: 'objects', timeframe: null, maxAgeDays: 30 })];
    const planned = (objects: readonly (typeof zone)[], keepOpenObjects = true) =>
      planRetention([file], policies, [], now, { ...open, keepOpenObjects }, objects);
    expect(planned([zone]).kept).toMatchObject([
      { kind: 'open-object', because: 'holds the last event of zone-7, which is still open' },
    ]);
    expect(
      planned([
        { ...zone, lastEventMs: ago(10) },
        { ...zone, timeframe: '5m' },
      ]).files,
    ).toHaveLength(1);
    expect(planned([zone], false).files).toHaveLength(1);
  });

  it('looks at nothing while no policy is on', () => {
    const { files, kept } = plan([day(900)], [policy({ isOn: false, maxAgeDays: 30 })]);
    expect([files, kept]).toEqual([[], []]);
  });

  it('takes files whose newest row is past the age, and keeps the others', () => {
    const { files, kept, rows, sizeBytes } = plan([day(31), day(29)], [policy({ maxAgeDays: 30 })]);
    expect(files).toMatchObject([
      {
        path: 'data/1m/2025-12-01.parquet',
        reason: 'candles 1m: older than 30 days (newest row 2025-12-01)',
      },
    ]);
    expect(kindsOf(kept)).toEqual(['within-limits']);
    expect([rows, sizeBytes]).toEqual([10, 100]);
  });

  it('leaves other datasets and timeframes alone', () => {
    const other = fileEntry({ path: 'data/5m/2020-01-02.parquet' });
    const zones = fileEntry({ path: 'objects/1m/2020-01.parquet' });
    expect(plan([other, zones], [policy({ maxAgeDays: 30 })])).toMatchObject({ files: [], kept: [] });
    const all = plan([other, zones], [policy({ timeframe: null, maxAgeDays: 30 })]);
    expect(pathsOf(all.files)).toEqual(['data/5m/2020-01-02.parquet']);
  });

  it('says of a file that a policy would have to cut through', () => {
    const month = day(60, { path: 'data/1m/2025-11.parquet', last: ago(10) });
    const { files, kept } = plan([month], [policy({ maxAgeDays: 30 })]);
    expect(files).toEqual([]);
    expect(kept).toMatchObject([
      {
        kind: 'cut-through',
        because: 'candles 1m: begins before 2025-12-02 but reaches to 2025-12-22; only whole files go',
      },
    ]);
  });

  it('takes the oldest files until the rest is within the size', () => {
    const { files, kept } = plan([day(1), day(3), day(2)], [policy({ maxSizeBytes: 250 })]);
    expect(pathsOf(files)).toEqual(['data/1m/2025-12-29.parquet']);
    expect(kept).toHaveLength(2);
  });

  it('counts a file for each symbol by its rows, and takes none that another symbol still needs', () => {
    const two = (days: number) =>
      day(days, {
        spans: [
          { symbol: 'QQQ', rows: 1, first: ago(days), last: ago(days), low: 1, high: 2 },
          { symbol: 'SPY', rows: 9, first: ago(days), last: ago(days), low: 1, high: 2 },
        ],
      });
    const limit = [policy({ maxSizeBytesPerSymbol: 95 })];
    const shared = plan([two(3), two(2)], limit);
    expect(shared.files).toEqual([]);
    expect(shared.kept).toMatchObject([
      { kind: 'cut-through', because: expect.stringContaining('but also QQQ, which is not') as string },
      { kind: 'within-limits' },
    ]);
    expect(pathsOf(plan([day(3), day(2)], limit).files)).toHaveLength(2);
    expect(pathsOf(plan([day(3), day(2)], [policy({ maxSizeBytesPerSymbol: 100 })]).files)).toHaveLength(1);
  });

  it('never takes what a pattern excludes, also where another policy would', () => {
    const policies = [
      policy({ maxAgeDays: 30, exclude: ['data/1m/2025-01-*'] }),
      policy({ timeframe: null, maxAgeDays: 30 }),
    ];
    const { files, kept } = plan([day(360), day(300)], policies);
    expect(pathsOf(files)).toEqual(['data/1m/2025-03-07.parquet']);
    expect(kept).toMatchObject([{ kind: 'excluded', because: 'excluded by data/1m/2025-01-*' }]);
  });

  it.each([
    ['a symbol', hold({ symbol: 'SPY' }), true],
    ['another symbol', hold({ symbol: 'QQQ' }), false],
    ['a dataset', hold({ dataset: 'candles' }), true],
    ['another dataset', hold({ dataset: 'objects' }), false],
    ['a range with one of its rows', hold({ from: ago(40), until: ago(40) + 1 }), true],
    ['a range that ends before it', hold({ until: ago(40) }), false],
    ['a range that begins behind it', hold({ from: ago(40) + 2 }), false],
    ['a pattern of its path', hold({ pattern: 'data/1m/2025-11-*' }), true],
    ['another pattern', hold({ pattern: 'data/5m/**' }), false],
    ['a symbol in a range that it has none of', hold({ symbol: 'SPY', from: ago(20) }), false],
    ['a hold that was released', hold({ symbol: 'SPY', releasedMs: 1 }), false],
  ])('is stopped by a hold of what it is: %s', (_, held, isStopped) => {
    const { files, kept } = plan([day(40)], [policy({ maxAgeDays: 30 })], {}, [held]);
    expect(files).toHaveLength(isStopped ? 0 : 1);
    if (isStopped) expect(kept).toMatchObject([{ kind: 'held', because: 'held: "audit" (hold-1, by ann)' }]);
  });

  it('takes nothing younger than the least age, whatever a size limit says', () => {
    const { files, kept } = plan([day(10), day(5)], [policy({ maxSizeBytes: 1 })], { minAgeDays: 7 });
    expect(pathsOf(files)).toEqual(['data/1m/2025-12-22.parquet']);
    expect(kept).toMatchObject([
      { kind: 'too-young', because: expect.stringContaining('under 7 days') as string },
    ]);
  });

  it('takes no more than its share of the store, the oldest first', () => {
    const files = [day(40), day(50), day(60), day(1)];
    const { files: going, kept } = plan(files, [policy({ maxAgeDays: 30 })], { maxSharePercent: 50 });
    expect(pathsOf(going)).toEqual(['data/1m/2025-11-02.parquet', 'data/1m/2025-11-12.parquet']);
    expect(kindsOf(kept)).toEqual(['share-reached', 'within-limits']);
  });

  it('keeps what a rollup is made from, unless that guardrail is taken away', () => {
    const source = day(40);
    const rollup = fileEntry({
      path: 'rollups/1h/2025.parquet',
      madeFrom: {
        rules: 1,
        sources: [
          {
            calendar: 'crypto',
            timeframe: '1m',
            symbols: ['SPY'],
            files: [{ path: source.path, first: ago(40), last: ago(40) }],
          },
        ],
      },
    });
    const files = [source, rollup];
    const { kept } = plan(files, [policy({ maxAgeDays: 30 })], { keepRollupSources: true });
    expect(kept).toMatchObject([{ kind: 'rollup-source', path: source.path }]);
    expect(kept[0]?.because).toContain('rollups/1h/2025.parquet');
    expect(pathsOf(plan(files, [policy({ maxAgeDays: 30 })]).files)).toEqual([source.path]);
  });

  it('names a list of files by a digest that does not depend on what else there is', () => {
    const policies = [policy({ maxAgeDays: 30 })];
    const { digest } = plan([day(40)], policies);
    expect(plan([day(40), day(1)], policies).digest).toBe(digest);
    expect(plan([day(40), day(41)], policies).digest).not.toBe(digest);
    expect(plan([day(40, { rows: 11 })], policies).digest).not.toBe(digest);
  });

  it('keeps its promises for any store, policies, holds and guardrails', () => {
    const symbols = fc.constantFrom('SPY', 'QQQ', 'BTC');
    const file = fc
      .record({
        timeframe: fc.constantFrom('1m', '5m'),
        oldest: fc.integer({ min: 0, max: 400 }),
        length: fc.integer({ min: 0, max: 60 }),
        sizeBytes: fc.integer({ min: 1, max: 1_000 }),
        symbols: fc.uniqueArray(symbols, { minLength: 1 }),
      })
      .map(({ timeframe, oldest, length, sizeBytes, symbols: names }): RetainableFile => {
        const [first, last] = [ago(oldest), Math.min(now, ago(oldest) + length * DAY)];
        const spans = names.map((symbol) => ({ symbol, rows: 5, first, last, low: 1, high: 2 }));
        const rows = 5 * names.length;
        return fileEntry({ path: 'data/1m/2025-01-02.parquet', timeframe, sizeBytes, rows, spans });
      });
    const files = fc
      .array(file, { maxLength: 30 })
      .map((all) =>
        all.map((each, at) => ({ ...each, path: `data/${each.timeframe}/2025-01-02/part-${at}.parquet` })),
      );
    const limit = (max: number) => fc.option(fc.integer({ min: 1, max }));
    const policies = fc.array(
      fc.record({
        dataset: fc.constant('candles'),
        timeframe: fc.option(fc.constantFrom('1m', '5m')),
        isOn: fc.boolean(),
        maxAgeDays: limit(400),
        maxSizeBytes: limit(10_000),
        maxSizeBytesPerSymbol: limit(5_000),
        exclude: fc.constantFrom([], ['data/5m/**'], ['**/part-1*']),
      }),
      { maxLength: 4 },
    );
    const holds = fc.array(
      fc
        .record({
          symbol: fc.option(symbols),
          from: fc.option(fc.integer({ min: 0, max: 400 }).map(ago)),
          pattern: fc.option(fc.constant('data/1m/**')),
        })
        .map((change) => hold(change)),
      { maxLength: 2 },
    );
    const guardrails = fc.record({
      minAgeDays: fc.integer({ min: 0, max: 90 }),
      maxSharePercent: fc.integer({ min: 1, max: 100 }),
      keepRollupSources: fc.boolean(),
      keepOpenObjects: fc.boolean(),
    });
    fc.assert(
      fc.property(files, policies, holds, guardrails, (all, rules, held, guards) => {
        const result = planRetention(all, rules, held, now, guards);
        const byPath = new Map(all.map((each) => [each.path, each]));
        const isHeld = ({ symbols: names, lastMs, path }: (typeof result.files)[number]) =>
          held.some(
            ({ symbol, from, pattern }) =>
              (symbol === null || names.includes(symbol)) &&
              (from === null || lastMs >= from) &&
              (pattern === null || path.startsWith('data/1m/')),
          );
        expect(result.files.filter(isHeld)).toEqual([]);
        expect(result.files.filter(({ lastMs }) => lastMs > ago(guards.minAgeDays))).toEqual([]);
        const total = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
        expect(result.sizeBytes).toBeLessThanOrEqual((total * guards.maxSharePercent) / 100);
        const looked = all.filter(({ timeframe }) =>
          rules.some((rule) => rule.isOn && (rule.timeframe === null || rule.timeframe === timeframe)),
        );
        const told = [...result.files, ...result.kept];
        expect(pathsOf(told).sort()).toEqual(pathsOf(looked).sort());
        for (const { path, rows, sizeBytes } of told)
          expect(byPath.get(path)).toMatchObject({ rows, sizeBytes });
      }),
      { numRuns: 300 },
    );
  });
});
