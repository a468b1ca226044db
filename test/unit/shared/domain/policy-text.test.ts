import { describe, expect, it } from 'vitest';
import { parseAgeDays, parsePolicy, parseSizeBytes } from '#shared/domain/policy-text';

describe('parsePolicy', () => {
  it.each([
    ['candles:1m=30d', { dataset: 'candles', timeframe: '1m', maxAgeDays: 30 }],
    ['candles:5M=12w', { timeframe: '5m', maxAgeDays: 84 }],
    ['candles:1m@cold=5y', { timeframe: '1m', tier: 'cold', maxAgeDays: 1_825 }],
    ['candles@hot=10GiB', { timeframe: null, tier: 'hot' }],
    ['objects=7y', { dataset: 'objects', timeframe: null, maxAgeDays: 2_555 }],
    ['performance=365d', { dataset: 'performance', maxAgeDays: 365 }],
    ['decisions:5m=2y', { dataset: 'decisions', timeframe: '5m', maxAgeDays: 730 }],
    ['candles=10GiB', { maxAgeDays: null, maxSizeBytes: 10 * 2 ** 30 }],
    ['candles:1m=30d,1.5MB,500kB/symbol', { maxSizeBytes: 1_500_000, maxSizeBytesPerSymbol: 500_000 }],
  ])('reads %s', (text, expected) => {
    const parsed = parsePolicy(text);
    expect(parsed).toMatchObject({ ok: true, value: { isOn: true, exclude: [], ...expected } });
  });

  it.each([
    ['candles:1m', 'wants a dataset and a limit'],
    ['candles:1m=-30d', 'whole number of at least 1 day'],
    ['candles:1m=0d', 'whole number of at least 1 day'],
    ['candles:1m=1.5d', 'whole number of at least 1 day'],
    ['candles:1m=soon', 'soon is not an age'],
    ['candles:1m=30d,31d', 'second limit of its kind'],
    ['candles:1m=-5GiB', 'more than nothing'],
    ['candles:1x=30d', 'timeframe 1x'],
    ['performance:1m=30d', 'timeframe 1m'],
    ['candles@frozen=30d', 'tier frozen'],
    ['candles@=30d', 'tier '],
    ['performance@cold=30d', 'in no tier'],
    ['rollups:1h=30d', 'made of candles'],
    ['*=30d', 'dataset *'],
    ['=30d', 'dataset (none)'],
  ])('refuses %s by name', (text, why) => {
    const parsed = parsePolicy(text);
    expect(parsed.ok ? '' : parsed.reason).toContain(why);
    expect(parsed.ok ? '' : parsed.reason).toContain(`policy ${text}:`);
  });
});

describe('parseAgeDays and parseSizeBytes', () => {
  it('read what a field of the window is typed into', () => {
    expect([parseAgeDays(' 30 d '), parseSizeBytes('1 TiB')]).toEqual([
      { ok: true, value: 30 },
      { ok: true, value: 2 ** 40 },
    ]);
    expect([parseAgeDays('').ok, parseSizeBytes('12').ok, parseAgeDays('200y').ok]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
