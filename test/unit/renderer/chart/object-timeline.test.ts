import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectsWithin, timelineOf } from '../../../../renderer/chart/object-timeline.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

const object = (object_id: string, t_start: number, t_end: number | null) =>
  chartObject({ object_id, t_start, t_end });

const idsWithin = (objects: ReturnType<typeof object>[], from: number, until: number, most?: number) =>
  objectsWithin(timelineOf(objects), from, until, most).objects.map(({ object_id }) => object_id);

describe('objectsWithin', () => {
  it('finds what began earlier and still holds', () => {
    expect(idsWithin([object('old', 0, null), object('ended', 0, 10)], 100, 200)).toEqual(['old']);
  });

  it('finds a long object that began before many short ones', () => {
    const short = Array.from({ length: 50 }, (_, index) => object(`short-${index}`, 1 + index, 2 + index));
    expect(idsWithin([object('long', 0, 500), ...short], 300, 400)).toEqual(['long']);
  });

  it('takes an object that ends before it begins as lying between the two', () => {
    expect(idsWithin([object('backwards', 50, 20)], 30, 35)).toEqual(['backwards']);
  });

  it('keeps the ones that began last when there are too many, and says how many there are', () => {
    const objects = [object('a', 0, null), object('b', 1, null), object('c', 2, null)];
    expect(idsWithin(objects, 0, 10, 2)).toEqual(['b', 'c']);
    expect(objectsWithin(timelineOf(objects), 0, 10, 2).total).toBe(3);
  });

  it('finds exactly what looking at every object finds', () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 99 }), fc.option(fc.integer({ min: 0, max: 99 }))),
    );
    const range = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 20 }));
    fc.assert(
      fc.property(spans, range, (drawn, [from, length]) => {
        const objects = drawn.map(([start, end], index) => object(String(index), start, end));
        const touching = objects.filter(({ t_start, t_end }) => {
          const end = t_end ?? Infinity;
          return Math.min(t_start, end) <= from + length && Math.max(t_start, end) >= from;
        });
        expect(new Set(idsWithin(objects, from, from + length))).toEqual(
          new Set(touching.map(({ object_id }) => object_id)),
        );
      }),
    );
  });
});
