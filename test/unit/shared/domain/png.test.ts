import { isPng, pngSize } from '#shared/domain/png';
import { describe, expect, it } from 'vitest';

/** One grey pixel. */
const pixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  ),
);

describe('isPng', () => {
  it('knows a picture by how it begins', () => {
    expect(isPng(pixel)).toBe(true);
  });

  it('takes nothing else for one', () => {
    const other = pixel.slice();
    other[12] = 0;
    const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, ...new Array<number>(80).fill(0)]);
    expect([other, jpeg, pixel.subarray(0, 30), new Uint8Array(0)].map(isPng)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('pngSize', () => {
  it('reads width and height wherever the bytes lie', () => {
    const within = new Uint8Array(pixel.length + 5);
    within.set(pixel, 5);
    expect(pngSize(within.subarray(5))).toEqual({ width: 1, height: 1 });
  });
});
