import { describe, expect, it } from 'vitest';
import { drawBand, drawLine } from '../../../../../renderer/chart/primitives/lines/draw-lines.ts';
import { linePaths, valueRange } from '../../../../../renderer/chart/primitives/lines/line-paths.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';

// Ten pixels a bar; a value of 0 sits at y = 100 and each unit is one pixel.
const scales = { x: (bar: number) => bar * 10, y: (value: number) => 100 - value };
const gap = Number.NaN;
const line = (...values: number[]) => Float64Array.from(values);
const paths = (values: Float64Array, first: number, last: number, goesOn = false) =>
  linePaths(values, { first, last }, scales, goesOn).map((path) =>
    path.map(({ x, y }) => `${x},${y}`).join(' '),
  );

describe('linePaths', () => {
  it('reaches one bar beyond either edge of the screen', () => {
    expect(paths(line(1, 2, 3, 4, 5, 6), 2, 3)).toEqual(['10,98 20,97 30,96 40,95']);
  });

  it('reaches across the screen from values that lie beyond it on either side', () => {
    expect(paths(line(1, gap, gap, gap, 5), 2, 2, true)).toEqual(['0,99 40,95']);
  });

  it('is broken where there is no value, or goes on behind it', () => {
    const values = line(1, 2, gap, 4, 5);
    expect(paths(values, 0, 4)).toEqual(['0,99 10,98', '30,96 40,95']);
    expect(paths(values, 0, 4, true)).toEqual(['0,99 10,98 30,96 40,95']);
  });

  it('begins where the values begin', () => {
    expect(paths(line(gap, gap, 3, 4), 0, 3)).toEqual(['20,97 30,96']);
  });

  it('leaves out what cannot be placed', () => {
    expect(paths(line(1, 1e300, 3), 0, 2)).toEqual(['0,99', '20,97']);
    expect(linePaths(line(1, 2), { first: 0, last: 1 }, { ...scales, y: () => null }, true)).toEqual([]);
  });

  it('has nothing where the screen lies beyond the bars', () => {
    expect(paths(line(), 0, 10)).toEqual([]);
    expect(paths(line(gap, gap), 0, 1)).toEqual([]);
  });
});

describe('valueRange', () => {
  it('is that of all lines over the bars on the screen', () => {
    expect(valueRange([line(9, 2, gap, 4), line(0, 3, 3, 99)], { first: 1, last: 2 })).toEqual({
      min: 2,
      max: 3,
    });
  });

  it('is null without a value', () => {
    expect(valueRange([line(gap)], { first: 0, last: 5 })).toBe(null);
  });
});

describe('drawLine', () => {
  it('strokes each stretch in device pixels', () => {
    const { canvas, log } = drawLog();
    const path = [
      { x: 0, y: 10 },
      { x: 5, y: 20 },
    ];
    drawLine(canvas, [path], { color: 'blue', width: 1 }, { x: 2, y: 2 });
    expect(log).toEqual(['fill blue', 'path blue solid', 'from 0,20', 'to 10,40', 'stroke']);
  });

  it('makes a value between two gaps a dot', () => {
    const { canvas, log } = drawLog();
    drawLine(canvas, [[{ x: 10, y: 10 }]], { color: 'blue', width: 1 }, { x: 1, y: 1 });
    expect(log).toEqual(['fill blue', 'rect 9,9 2×2']);
  });
});

describe('drawBand', () => {
  it('goes along the upper line and back along the lower one', () => {
    const { canvas, log } = drawLog();
    const at = (y: number) => [0, 10].map((x) => ({ x, y }));
    drawBand(canvas, [at(10)], [at(30)], 'violet', { x: 1, y: 1 });
    expect(log).toEqual([
      'fill violet',
      'path  solid',
      'from 0,10',
      'to 10,10',
      'to 10,30',
      'to 0,30',
      'close',
      'fill path',
    ]);
  });
});
