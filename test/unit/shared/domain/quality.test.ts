import { findingKinds, findingMeanings, scoreOf } from '#shared/domain/quality';
import { describe, expect, it } from 'vitest';

const score = (coveredBars: number, expectedBars: number, validRows: number, rows: number) =>
  scoreOf({ coveredBars, expectedBars, validRows, rows });

describe('scoreOf', () => {
  it.each([
    ['all there', score(390, 390, 390, 390), 100, 'A'],
    ['a bar of a thousand missing', score(999, 1_000, 999, 999), 99.9, 'A'],
    ['half missing', score(195, 390, 195, 195), 70, 'F'],
    ['a row of twenty wrong', score(390, 390, 380, 400), 98, 'B'],
    ['nothing there', score(0, 390, 0, 0), 0, 'F'],
    ['nothing expected', score(0, 0, 90, 100), 90, 'D'],
  ])('says of %s', (_, { score: points, grade }, expected, letter) => {
    expect([points, grade]).toEqual([expected, letter]);
  });

  it('says 100 of nothing less than all', () => {
    expect(score(999_999, 1_000_000, 999_999, 999_999).score).toBe(99.9);
  });

  it('says nothing where nothing is expected and nothing there', () => {
    expect(score(0, 0, 0, 0)).toMatchObject({ score: null, grade: null, completeness: null, accuracy: null });
  });
});

it('says of every kind of finding by which rule it is found', () => {
  for (const kind of findingKinds) expect(findingMeanings[kind].rule, kind).toMatch(/\.$/);
});
