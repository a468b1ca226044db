import { joinStretches, withoutStretches, type Stretch } from '#shared/domain/stretches';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const stretch = (from: number, until: number): Stretch => ({ from, until });

describe('joinStretches', () => {
  it('puts stretches in order and makes one of those that touch or overlap', () => {
    const given = [stretch(20, 25), stretch(0, 5), stretch(5, 8), stretch(7, 9), stretch(1, 2)];
    expect(joinStretches(given)).toEqual([stretch(0, 9), stretch(20, 25)]);
  });

  it('leaves empty ones out', () => {
    expect(joinStretches([stretch(3, 3), stretch(9, 7)])).toEqual([]);
  });
});

describe('withoutStretches', () => {
  it('is what lies before, between and behind the others', () => {
    expect(withoutStretches(stretch(0, 10), [stretch(2, 3), stretch(5, 6)])).toEqual([
      stretch(0, 2),
      stretch(3, 5),
      stretch(6, 10),
    ]);
  });

  it('is nothing under a longer one', () => {
    expect(withoutStretches(stretch(2, 4), [stretch(0, 10)])).toEqual([]);
  });

  it('holds exactly the places that no other holds', () => {
    const stretches = fc
      .array(fc.tuple(fc.nat(30), fc.nat(10)), { maxLength: 6 })
      .map((pairs) => joinStretches(pairs.map(([from, length]) => stretch(from, from + length))));
    const holds = (all: readonly Stretch[], at: number) =>
      all.some(({ from, until }) => from <= at && at < until);
    fc.assert(
      fc.property(stretches, fc.nat(30), fc.nat(15), fc.nat(45), (others, from, length, at) => {
        const left = withoutStretches(stretch(from, from + length), others);
        expect(holds(left, at)).toBe(at >= from && at < from + length && !holds(others, at));
      }),
    );
  });
});
