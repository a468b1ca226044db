import { describe, expect, it } from 'vitest';
import {
  columnData,
  lineData,
  paneDesigns,
  paneLineColor,
} from '../../../../../renderer/chart/studies/pane-series.ts';
import { indicatorPlaces, type IndicatorSetting } from '../../../../../renderer/data/indicator-setting.ts';
import { palette } from '../../../../helpers/palette.ts';

const macd = (colour: IndicatorSetting['colour']): IndicatorSetting => ({
  id: 'macd-1',
  indicator: { kind: 'macd', fast: 12, slow: 26, signal: 9 },
  colour,
  width: 1,
  isHidden: false,
});

describe('paneDesigns', () => {
  it('are there for every indicator that has a pane of its own, and for no other', () => {
    const withPane = Object.entries(indicatorPlaces).filter(([, place]) => place === 'pane');
    expect(Object.keys(paneDesigns)).toEqual(withPane.map(([kind]) => kind));
  });
});

describe('lineData', () => {
  it('keeps every bar in its place and hands over no value that cannot be drawn', () => {
    expect(lineData([1_000, 2_000, 3_000], Float64Array.of(Number.NaN, 5, 1e300))).toEqual([
      { time: 1 },
      { time: 2, value: 5 },
      { time: 3 },
    ]);
  });
});

describe('columnData', () => {
  it('is strong while columns grow away from zero, and pale while they shrink', () => {
    const colors = columnData([1, 2, 3, 4, 5], Float64Array.of(1, 2, 1.5, -1, -0.5), palette).map(
      (item) => 'color' in item && item.color,
    );
    expect(colors).toEqual(['up', 'up', 'volumeUp', 'down', 'volumeDown']);
  });
});

describe('paneLineColor', () => {
  it('gives the second line another colour than the first, whatever that is', () => {
    for (const colour of ['blue', 'orange'] as const) {
      const [first, second] = (['line', 'second-line'] as const).map((look) =>
        paneLineColor(look, macd(colour), palette),
      );
      expect(first).toBe(`${colour}Line`);
      expect(second).not.toBe(first);
    }
  });
});
