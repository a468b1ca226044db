import { counted } from '#shared/counted';
import { describe, expect, it } from 'vitest';

describe('counted', () => {
  it.each([
    [0, '0 files'],
    [1, '1 file'],
    [2, '2 files'],
    [8_341, '8,341 files'],
  ])('puts %s and its noun into words', (count, text) => {
    expect(counted(count, 'file')).toBe(text);
  });

  it('takes what the noun is followed by', () => {
    expect([1, 2].map((count) => counted(count, 'row is', 'rows are'))).toEqual(['1 row is', '2 rows are']);
  });
});
