import { packPage, unpackPage } from '#shared/domain/sql-page';
import { csvLine } from '#shared/domain/csv';
import { indexOfPlace, placeOfByte } from '#shared/domain/text-place';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('packPage', () => {
  it('brings every cell back, missing and empty ones apart', () => {
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(fc.option(fc.string({ unit: 'binary' })), { minLength: width, maxLength: width })),
      );
    fc.assert(
      fc.property(rows, (given) => {
        expect(unpackPage(packPage(7, given))).toEqual(given);
      }),
    );
  });
});

describe('csvLine', () => {
  it('quotes what would be read otherwise, and tells a missing value from an empty text', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', '', null])).toBe(
      'plain,"a,b","say ""hi""","two\nlines","",\n',
    );
  });
});

describe('placeOfByte', () => {
  it('counts lines and columns of a text by the bytes of its UTF-8', () => {
    const text = "select 'ä€😀'\n  , x";
    expect(placeOfByte(text, 0)).toEqual({ line: 1, column: 1 });
    expect(placeOfByte(text, new TextEncoder().encode(text).length - 1)).toEqual({ line: 2, column: 5 });
    expect(indexOfPlace(text, { line: 2, column: 5 })).toBe(text.length - 1);
  });
});
