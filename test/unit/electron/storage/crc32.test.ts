import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32, crc32ByTable } from '../../../../electron/storage/crc32.ts';

describe('crc32', () => {
  it('answers the check value of the standard', () => {
    const check = new TextEncoder().encode('123456789');
    expect([crc32(check), crc32ByTable(check)]).toEqual([0xcbf43926, 0xcbf43926]);
  });

  it('says the same on every runtime', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => crc32(bytes) === crc32ByTable(bytes)),
    );
  });
});
