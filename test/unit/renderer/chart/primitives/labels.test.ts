import { describe, expect, it } from 'vitest';
import { drawLabels } from '../../../../../renderer/chart/primitives/labels/draw-labels.ts';
import {
  followLabels,
  labelHeight,
  placeLabels,
  type LabelPlace,
  type LabelRoom,
  type LabelWish,
} from '../../../../../renderer/chart/primitives/labels/place-labels.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import fc from 'fast-check';

// Every letter is 10 px wide.
const room: LabelRoom = {
  width: 200,
  height: 100,
  covered: [],
  blocked: [],
  widthOf: (text) => text.length * 10,
};
const at = (x: number, y: number, more: Partial<LabelPlace> = {}): LabelPlace => ({
  x,
  y,
  align: 'left',
  edge: 'top',
  ...more,
});
const wish = (id: string, places: readonly LabelPlace[], rank = 1): LabelWish => ({
  id,
  text: 'abcd',
  color: 'red',
  rank,
  isFaint: false,
  places,
});
const placed = (wishes: readonly LabelWish[], change: Partial<LabelRoom> = {}) =>
  placeLabels(wishes, { ...room, ...change }).map(({ id, left, top }) => `${id} ${left},${top}`);
const legend = { left: 0, top: 0, width: 120, height: 20 };

describe('placeLabels', () => {
  it('gives a label the first of its places', () => {
    expect(placed([wish('a', [at(10, 10), at(50, 50)])])).toEqual(['a 10,10']);
  });

  it('takes the next place where another label stands', () => {
    expect(placed([wish('a', [at(10, 10)]), wish('b', [at(20, 12), at(20, 40)])])).toEqual([
      'a 10,10',
      'b 20,40',
    ]);
  });

  it('leaves out a label without room', () => {
    expect(placed([wish('a', [at(10, 10)]), wish('b', [at(20, 12)])])).toEqual(['a 10,10']);
  });

  it('writes nothing under the legend, and moves a label beside it along its object', () => {
    expect(placed([wish('a', [at(4, 4)])], { covered: [legend] })).toEqual([]);
    expect(placed([wish('a', [at(4, 4, { slideTo: 200 })])], { covered: [legend] })).toEqual(['a 124,4']);
    expect(placed([wish('a', [at(4, 4, { slideTo: 150 })])], { covered: [legend] })).toEqual([]);
  });

  it('moves a label that ends at an edge the other way', () => {
    const right = at(190, 10, { align: 'right', slideTo: 0 });
    expect(placed([wish('a', [right]), wish('b', [right])])).toEqual(['a 150,10', 'b 106,10']);
  });

  it('places what is pointed at first, over objects if it must be, but not under the legend', () => {
    const everywhere = { left: 0, top: 0, width: 200, height: 100 };
    expect(placed([wish('a', [at(10, 10)]), wish('b', [at(10, 10)], 2)])).toEqual(['b 10,10']);
    expect(placed([wish('a', [at(10, 10)]), wish('b', [at(10, 10)], 2)], { blocked: [everywhere] })).toEqual([
      'b 10,10',
    ]);
    expect(placed([wish('b', [at(10, 10)], 2)], { covered: [everywhere] })).toEqual([]);
  });

  it('cuts no label off at the edge', () => {
    expect(placed([wish('a', [at(180, 10)]), wish('b', [at(10, 95)]), wish('c', [at(10, -1)])])).toEqual([]);
  });

  it('never lets two labels overlap', () => {
    const place = fc.record({
      x: fc.integer({ min: 0, max: 200 }),
      y: fc.integer({ min: 0, max: 100 }),
      align: fc.constantFrom('left', 'right', 'center'),
      edge: fc.constantFrom('top', 'bottom'),
    } as const);
    fc.assert(
      fc.property(fc.array(fc.array(place, { minLength: 1, maxLength: 3 }), { maxLength: 40 }), (drawn) => {
        const labels = placeLabels(
          drawn.map((places, index) => wish(String(index), places)),
          { ...room, covered: [legend] },
        );
        const boxes = [legend, ...labels];
        boxes.forEach((a, index) =>
          boxes.slice(index + 1).forEach((b) => {
            const isApart =
              a.left + a.width <= b.left ||
              b.left + b.width <= a.left ||
              a.top + a.height <= b.top ||
              b.top + b.height <= a.top;
            expect(isApart).toBe(true);
          }),
        );
      }),
    );
  });
});

describe('followLabels', () => {
  const follow = (from: readonly LabelWish[], to: readonly LabelWish[]) =>
    followLabels(placeLabels(from, { ...room, covered: [legend] }), to, { ...room, covered: [legend] }).map(
      ({ id, left, top }) => `${id} ${left},${top}`,
    );

  it('moves a label along with its object, pushed aside as far as it was', () => {
    const beside = { slideTo: 200 };
    const from = [wish('a', [at(4, 4, beside)]), wish('b', [at(4, 4), at(20, 40)])];
    const to = [wish('a', [at(10, 5, beside)]), wish('b', [at(10, 5), at(26, 41)])];
    expect(follow(from, from)).toEqual(['a 124,4', 'b 20,40']);
    expect(follow(from, to)).toEqual(['a 130,5', 'b 26,41']);
  });

  it('leaves out a label whose object went, and one that is moved under the legend or out of the pane', () => {
    const from = [wish('a', [at(10, 30)]), wish('b', [at(60, 50)]), wish('c', [at(20, 70)])];
    expect(follow(from, [wish('a', [at(10, 10)]), wish('b', [at(180, 50)])])).toEqual([]);
  });

  it('finds no place for what was not labelled before', () => {
    expect(follow([wish('a', [at(10, 30)])], [wish('a', [at(11, 30)]), wish('b', [at(90, 60)])])).toEqual([
      'a 11,30',
    ]);
  });
});

describe('drawLabels', () => {
  it('writes a text over a rim, in device pixels', () => {
    const { canvas, log } = drawLog();
    const label = { id: 'a', text: 'PDH', color: 'gold', isFaint: false };
    const box = { left: 10, top: 20, width: 30, height: labelHeight };
    drawLabels(canvas, [{ ...label, ...box }], { x: 2, y: 2 }, 'black');
    expect(log).toEqual(['rim "PDH" 20,53', 'fill gold', 'text "PDH" 20,53']);
  });
});
