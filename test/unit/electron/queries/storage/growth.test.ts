import { DAY, HOUR } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { judgeGrowth } from '../../../../../electron/queries/storage/growth.ts';

const now = Date.UTC(2026, 0, 31);

/** Hourly sizes of some days up to now, each day larger than the one before. */
const history = (days: number, bytesPerDay: number, untilMs = now) =>
  Array.from({ length: days * 24 + 1 }, (_, hour) => ({
    atMs: untilMs - days * DAY + hour * HOUR,
    sizeBytes: 1_000_000 + (hour * bytesPerDay) / 24,
  }));

describe('judgeGrowth', () => {
  it('takes the days until the disk is full from the line through the sizes', () => {
    const { bytesPerDay, daysUntilFull, basis } = judgeGrowth(history(10, 2_400), now, 24_000);
    expect(bytesPerDay).toBeCloseTo(2_400);
    expect(daysUntilFull).toBeCloseTo(10);
    expect(basis).toContain('the last 10 days');
  });

  it('counts the last thirty days alone', () => {
    const longAgo = history(20, 1_000_000, now - 40 * DAY);
    expect(judgeGrowth([...longAgo, ...history(20, 2_400)], now, null).bytesPerDay).toBeCloseTo(2_400);
  });

  it.each([
    ['nothing', []],
    ['one sample', history(0, 0)],
    ['half a day', history(1, 2_400).slice(13)],
    ['what lies long back', history(5, 2_400, now - 60 * DAY)],
  ])('says of %s that it is not enough history', (_, samples) => {
    expect(judgeGrowth(samples, now, 24_000)).toMatchObject({
      bytesPerDay: null,
      daysUntilFull: null,
      basis: expect.stringContaining('Not enough history') as unknown,
    });
  });

  it.each([
    ['shrinks', -2_400],
    ['stays', 0],
  ])('never says that the disk is full of a store that %s', (_, bytesPerDay) => {
    expect(judgeGrowth(history(10, bytesPerDay), now, 24_000).daysUntilFull).toBeNull();
  });

  it('shows a long history in few samples, the newest among them', () => {
    const samples = history(80, 2_400);
    const shown = judgeGrowth(samples, now, null).samples;
    expect(shown.length).toBeLessThanOrEqual(400);
    expect(shown.at(-1)).toEqual(samples.at(-1));
  });
});
