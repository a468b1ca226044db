import { parseTimeframe } from '#shared/domain/timeframe';
import { DAY, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { drawableBars } from '../../../../renderer/chart/drawable-bars.ts';
import { missingOpens } from '../../../../renderer/chart/missing-opens.ts';
import { barsFromSketch } from '../../../helpers/sketch.ts';
import { palette } from '../../../helpers/palette.ts';

const five = parseTimeframe('5m')!;
const bell = Date.UTC(2025, 8, 2, 13, 30);
const at = (place: number) => bell + place * 5 * MINUTE;
const missing = (opens: readonly number[]) =>
  missingOpens({ ts: opens, barLength: 5 * MINUTE }, five, 'us-equity');

describe('bars that are missing', () => {
  it('are those that the hours of the market would have', () => {
    expect(Array.from(missing([at(0), at(3)])!)).toEqual([at(1), at(2)]);
  });

  it('are not those of the night', () => {
    expect(missing([at(77), at(0) + DAY])).toHaveLength(0);
  });

  it('are those before the opening bell too, where there are such bars', () => {
    expect(Array.from(missing([at(-3), at(0)])!)).toEqual([at(-2), at(-1)]);
  });

  it('are too many over years', () => {
    expect(missing([at(0), at(0) + 3 * 365 * DAY])).toBeNull();
  });

  it('leave room among the others', () => {
    const bars = barsFromSketch(`
      C C
      O O
    `);
    const drawn = drawableBars(bars, palette, [MINUTE]);
    expect(Array.from(drawn.ts)).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(drawn.candles.map((item) => 'open' in item)).toEqual([true, false, true]);
    expect(drawn.blank).toBe(0);
  });
});
