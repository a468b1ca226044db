import { cssPx } from '#shared/units';
import { describe, expect, it } from 'vitest';
import type { Scales } from '../../../../../renderer/chart/primitives/layer.ts';
import { drawLevelLines } from '../../../../../renderer/chart/primitives/levels/draw-level-lines.ts';
import { levelLayer } from '../../../../../renderer/chart/primitives/levels/level-layer.ts';
import { levelLines } from '../../../../../renderer/chart/primitives/levels/level-lines.ts';
import { chartObject } from '../../../../helpers/chart-object.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { palette } from '../../../../helpers/palette.ts';

const scales: Scales = {
  width: cssPx(100),
  height: cssPx(100),
  x: (time) => cssPx(time / 1000),
  y: (price) => cssPx(100 - price),
};
const plain = { hoveredId: null, selectedId: null };
const level = (change: Parameters<typeof chartObject>[0] = {}) =>
  chartObject({
    object_type: 'level',
    y: 40,
    y_min: null,
    y_max: null,
    payload: { label: 'PDH' },
    ...change,
  });

describe('levelLines', () => {
  it('draws a level at its price from its start to its end', () => {
    expect(levelLines([level()], scales, plain)).toMatchObject([{ left: 0, right: 60, y: 60, label: 'PDH' }]);
  });

  it('takes the middle of its band for a level without a price of its own', () => {
    expect(levelLines([level({ y: null, y_min: 10, y_max: 30 })], scales, plain)).toMatchObject([
      { price: 20 },
    ]);
  });

  it('leaves out a level without any price', () => {
    expect(levelLines([level({ y: null })], scales, plain)).toEqual([]);
  });
});

describe('levelLayer', () => {
  it('says the price of open levels on the axis, and of no more than twenty', () => {
    const open = Array.from({ length: 30 }, (_, index) =>
      level({ object_id: String(index), t_end: null, y: index }),
    );
    const labels = levelLayer.axisLabels?.(levelLines([level(), ...open], scales, plain), palette) ?? [];
    expect(labels.map(({ price }) => price)).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
  });
});

describe('drawLevelLines', () => {
  it('draws on the middle of a device pixel and writes at the end of the line', () => {
    const { canvas, log } = drawLog();
    drawLevelLines(canvas, levelLines([level({ t_end: null })], scales, plain), { x: 1, y: 1 }, palette);
    expect(log).toEqual([
      'path level solid',
      'from 0,60.5',
      'to 101,60.5',
      'stroke',
      'fill level',
      'text "PDH" 97,58.5',
    ]);
  });

  it('leaves out a text that would cover another', () => {
    const { canvas, log } = drawLog();
    const lines = levelLines([level(), level({ object_id: 'b', y: 41 })], scales, plain);
    drawLevelLines(canvas, lines, { x: 1, y: 1 }, palette);
    expect(log.filter((line) => line.startsWith('text'))).toHaveLength(1);
  });
});
