import { describe, expect, it } from 'vitest';
import { drawableBars } from '../../../../renderer/chart/drawable-bars.ts';
import { flatBars } from '../../../helpers/flat-bars.ts';
import { palette } from '../../../helpers/palette.ts';
import { barsFromSketch } from '../../../helpers/sketch.ts';

describe('drawableBars', () => {
  it('counts time in seconds and leaves prices as they are', () => {
    const { candles } = drawableBars(
      barsFromSketch(`
        C|
        |O
        OC
      `),
      palette,
    );
    expect(candles).toEqual([
      { time: 0, open: 1, high: 3, low: 1, close: 3 },
      { time: 60, open: 2, high: 3, low: 1, close: 1 },
    ]);
  });

  it('leaves out times that do not grow', () => {
    expect([...drawableBars(flatBars([0, 60_000, 60_000, 30_000, 120_000]), palette).ts]).toEqual([
      0, 60_000, 120_000,
    ]);
  });

  it('leaves a bar blank whose price cannot be placed, and counts it', () => {
    const { candles, blank } = drawableBars(flatBars([0], 1e300), palette);
    expect({ candles, blank }).toEqual({ candles: [{ time: 0 }], blank: 1 });
  });

  it('draws the smallest and the largest prices of real markets', () => {
    expect(drawableBars(flatBars([0], 1e-8), palette).blank).toBe(0);
    expect(drawableBars(flatBars([0], 1e9), palette).blank).toBe(0);
  });

  it('draws a bar with its high below its low as it is stored, and counts it', () => {
    const bars = { ...flatBars([0], 5), high: Float64Array.of(4), low: Float64Array.of(6) };
    expect(drawableBars(bars, palette)).toMatchObject({
      candles: [{ time: 0, open: 5, high: 4, low: 6, close: 5, color: 'fault', wickColor: 'fault' }],
      upsideDown: 1,
    });
  });

  it('colours volume by the direction of its bar', () => {
    const { volumes } = drawableBars(
      barsFromSketch(`
        CO
        OC
      `),
      palette,
    );
    expect(volumes.map((volume) => 'color' in volume && volume.color)).toEqual(['volumeUp', 'volumeDown']);
  });
});
