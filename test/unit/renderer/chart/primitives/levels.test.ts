import { describe, expect, it } from 'vitest';

import { drawLevelLines } from '../../../../../renderer/chart/primitives/levels/draw-level-lines.ts';
import { levelLayer } from '../../../../../renderer/chart/primitives/levels/level-layer.ts';
import { levelLabelPlaces, levelLines } from '../../../../../renderer/chart/primitives/levels/level-lines.ts';
import { chartObject } from '../../../../helpers/chart-object.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { looks } from '../../../../helpers/palette.ts';
import { paneScales as scales } from '../../../../helpers/pane-scales.ts';

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
    const labels = levelLayer.axisLabels?.(levelLines([level(), ...open], scales, plain), looks) ?? [];
    expect(labels.map(({ price }) => price)).toEqual(Array.from({ length: 20 }, (_, index) => index + 10));
  });
});

describe('levelLabelPlaces', () => {
  it('writes over the end of the line, else under it, and may move towards its beginning', () => {
    const [line] = levelLines([level()], scales, plain);
    expect(levelLabelPlaces(line!)).toEqual([
      { x: 56, y: 58, align: 'right', edge: 'bottom', slideTo: 4 },
      { x: 56, y: 62, align: 'right', edge: 'top', slideTo: 4 },
    ]);
  });
});

describe('drawLevelLines', () => {
  it('draws on the middle of a device pixel', () => {
    const { canvas, log } = drawLog();
    drawLevelLines(canvas, levelLines([level({ t_end: null })], scales, plain), { x: 1, y: 1 }, looks);
    expect(log).toEqual(['path level solid', 'from 0,60.5', 'to 101,60.5', 'stroke']);
  });

  it('dashes a level that its payload says is broken, though it has no end', () => {
    const { canvas, log } = drawLog();
    const broken = level({ t_end: null, payload: { label: 'PDH', status: 'Broken' } });
    drawLevelLines(canvas, levelLines([broken], scales, plain), { x: 1, y: 1 }, looks);
    expect(log[0]).toBe('path level dashed 6-3');
  });
});
