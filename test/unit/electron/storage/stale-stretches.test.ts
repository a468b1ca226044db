import { rollupRules, type RollupOrigin } from '#shared/domain/rollup-origin';
import { describe, expect, it } from 'vitest';
import { staleStretches } from '../../../../electron/storage/stale-stretches.ts';
import { fileEntry } from '../../../helpers/file-entry.ts';

const monday = fileEntry({ path: 'monday', first: 0, last: 9 });
const tuesday = fileEntry({ path: 'tuesday', first: 10, last: 19 });
const making = { symbol: 'SPY', calendar: 'crypto', timeframe: '1m' };

const origin = (
  change: Partial<RollupOrigin['sources'][number]> = {},
  rules = rollupRules,
): RollupOrigin => ({
  rules,
  sources: [
    {
      calendar: 'crypto',
      timeframe: '1m',
      symbols: ['QQQ', 'SPY'],
      files: [{ path: 'monday', first: 0, last: 9 }],
      ...change,
    },
  ],
});

const stale = (made: RollupOrigin | undefined, current = [monday]) =>
  staleStretches(made, making, current, (path) => current.some((file) => file.path === path));

describe('staleStretches', () => {
  it('is empty while the files are those that it was made from', () => {
    expect(stale(origin())).toEqual([]);
  });

  it('is where a file has rows of the symbol that it was not made from', () => {
    expect(stale(origin(), [monday, tuesday])).toEqual([{ from: 10, until: 20 }]);
  });

  it('is nowhere because of a file that has nothing of the symbol', () => {
    expect(
      stale(origin(), [monday, fileEntry({ path: 'other', symbol: 'QQQ', first: 30, last: 39 })]),
    ).toEqual([]);
  });

  it('is where a file was that is gone', () => {
    expect(stale(origin(), [tuesday])).toEqual([
      { from: 0, until: 10 },
      { from: 10, until: 20 },
    ]);
  });

  it.each<[string, RollupOrigin | undefined]>([
    ['of which nothing is known', undefined],
    ['made without the symbol', origin({ symbols: ['QQQ'] })],
    ['made of another timeframe', origin({ timeframe: '5m' })],
    ['made by another calendar', origin({ calendar: 'fx' })],
    ['made by other rules', origin({}, rollupRules + 1)],
  ])('says nothing of a rollup %s', (_, made) => {
    expect(stale(made)).toBeNull();
  });
});
