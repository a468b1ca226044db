import type { Indicator } from '#shared/math/indicator-set';
import { describe, expect, it } from 'vitest';
import { priceLines, ribbonsOf } from '../../../../../renderer/chart/studies/price-lines.ts';
import type { ComputedIndicator } from '../../../../../renderer/data/computed-indicators.ts';
import type { LineName } from '#shared/math/indicator-set';
import { palette } from '../../../../helpers/palette.ts';

function computed(indicator: Indicator, lines: Partial<Record<LineName, number[]>>): ComputedIndicator {
  return {
    setting: { id: indicator.kind, indicator, colour: 'teal', width: 2, isHidden: false },
    series: {
      missing: 0,
      lines: Object.entries(lines).map(([name, values]) => ({
        name: name as LineName,
        values: Float64Array.from(values),
      })),
    },
  };
}

const asTheyAre = (values: Float64Array) => values;

describe('priceLines', () => {
  it('draws an average in its colour and width, with its newest value on the axis', () => {
    const average = computed({ kind: 'ema', period: 9 }, { average: [1, 2] });
    expect(priceLines([average], palette, asTheyAre).lines).toEqual([
      { values: Float64Array.of(1, 2), color: 'tealLine', width: 2, goesOn: true, hasLabel: true },
    ]);
  });

  it('fills between the outer lines of a band', () => {
    const band = computed(
      { kind: 'bollinger', period: 20, deviations: 2 },
      { middle: [2], upper: [3], lower: [1] },
    );
    const { lines, bands } = priceLines([band], palette, asTheyAre);
    expect(lines.map(({ values }) => values[0])).toEqual([3, 2, 1]);
    expect(bands).toEqual([{ upper: Float64Array.of(3), lower: Float64Array.of(1), color: 'tealLine' }]);
  });

  it('takes values to where their bars are drawn', () => {
    const average = computed({ kind: 'ema', period: 9 }, { average: [1, 2] });
    const { lines } = priceLines([average], palette, (values) => values.map((value) => value * 10));
    expect([...lines[0]!.values]).toEqual([10, 20]);
  });
});

describe('ribbonsOf', () => {
  it('colours a trend by where it goes', () => {
    const [ribbon] = ribbonsOf([computed({ kind: 'trend' }, { state: [1, 0, -1] })], palette, asTheyAre);
    expect([1, 0, -1].map(ribbon!.colorOf)).toEqual(['toneUp', 'grid', 'toneDown']);
  });

  it('colours volatility from calm to wild', () => {
    const [ribbon] = ribbonsOf([computed({ kind: 'volatility' }, { state: [0] })], palette, asTheyAre);
    expect([0, 1, 2].map(ribbon!.colorOf)).toEqual(['calm', 'usual', 'wild']);
  });
});
