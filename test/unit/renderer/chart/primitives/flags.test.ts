import type { JsonValue } from '#shared/domain/chart-object';
import { describe, expect, it } from 'vitest';
import { drawFlagShapes } from '../../../../../renderer/chart/primitives/flags/draw-flag-shapes.ts';
import {
  flagLabelPlaces,
  flagShapes,
  isOnFlag,
} from '../../../../../renderer/chart/primitives/flags/flag-shapes.ts';

import { chartObject } from '../../../../helpers/chart-object.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { looks } from '../../../../helpers/palette.ts';
import { paneScales as scales } from '../../../../helpers/pane-scales.ts';

const plain = { hoveredId: null, selectedId: null };
const flag = (payload: JsonValue) => chartObject({ object_type: 'flag', payload });
const pole = { t0: 0, p0: 10, t1: 10_000, p1: 40 };
const upper = { t0: 10_000, p0: 40, t1: 60_000, p1: 30 };

describe('flagShapes', () => {
  it('draws pole and boundaries where the payload has them', () => {
    expect(flagShapes([flag({ direction: 'bull', pole, upper })], scales, plain)).toMatchObject([
      {
        tone: 'up',
        lines: [
          { x1: 0, y1: 90, x2: 10, y2: 60 },
          { x1: 10, y1: 60, x2: 60, y2: 70 },
        ],
      },
    ]);
  });

  it('draws the four sides of its box where the payload has none', () => {
    expect(flagShapes([flag({ direction: 'bear' })], scales, plain)[0]?.lines).toHaveLength(4);
  });

  it('draws the box of a flag whose payload is text, or whose lines are no lines', () => {
    const strange = [flag('text'), flag({ pole: [1, 2], upper: { t0: 'x', p0: null, t1: 1, p1: 2 } })];
    expect(flagShapes(strange, scales, plain).map(({ lines }) => lines.length)).toEqual([4, 4]);
  });
});

describe('isOnFlag', () => {
  it('is true within five pixels of a line', () => {
    const [shape] = flagShapes([flag({ upper: { t0: 0, p0: 50, t1: 60_000, p1: 50 } })], scales, plain);
    expect([isOnFlag(shape!, 30, 54), isOnFlag(shape!, 30, 57), isOnFlag(shape!, 70, 50)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('flagLabelPlaces', () => {
  it('writes over the boundary, else under the whole flag', () => {
    const [shape] = flagShapes([flag({ label: 'Bull flag', pole, upper })], scales, plain);
    expect(flagLabelPlaces(shape!)).toMatchObject([
      { x: 10, y: 57, edge: 'bottom' },
      { x: 10, y: 93, edge: 'top' },
      { x: 64 },
    ]);
  });
});

describe('drawFlagShapes', () => {
  it('draws an open flag in one piece and an ended one dashed', () => {
    const paths = (t_end: number | null) => {
      const { canvas, log } = drawLog();
      const shapes = flagShapes([{ ...flag({ direction: 'bull', pole }), t_end }], scales, plain);
      drawFlagShapes(canvas, shapes, { x: 1, y: 1 }, looks);
      return log.filter((line) => line.startsWith('path'));
    };
    expect([paths(null), paths(60_000)]).toEqual([['path toneUp solid'], ['path toneUp dashed 6-3']]);
  });
});
