import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeName, encodeName } from '../../../../electron/storage/encode-name.ts';

const hostile = [
  '',
  '.',
  '..',
  '...',
  '../../etc/passwd',
  '/',
  '\\',
  'C:\\x',
  'a/b',
  '\0',
  'a\nb',
  ' ',
  'a.',
  'a ',
  '%',
  '%41',
  '%u0041',
  '~a',
  '~',
  'CON',
  'con',
  'Con',
  'NUL',
  'COM1',
  'LPT9',
  'CONIN$',
  'CLOCK$',
  '.hidden',
  '_wal',
  'É',
  'E\u0301',
  '\ud83d',
  '💹',
  'BRK/B',
  'brk/b',
];

const names = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'aAbB./\\%~_-: 0u4'.split('')), maxLength: 6 }),
);

describe('encodeName', () => {
  it.each([
    ['SPY', 'SPY'],
    ['BTC-USD', 'BTC-USD'],
    ['ES_F', 'ES_F'],
    ['^GSPC', '^GSPC'],
    ['BRK/B', 'BRK%2fB'],
    ['BRK.B', 'BRK%2eB'],
    ['spy', '~s~p~y'],
    ['CON', '%43ON'],
    ['', '%'],
    ['..', '%2e%2e'],
    ['€', '%u20ac'],
  ])('spells %j as %s', (name, segment) => {
    expect(encodeName(name)).toBe(segment);
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(decodeName(encodeName(name))).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps two names apart where the file system ignores case', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const isSame = encodeName(a).toLowerCase() === encodeName(b).toLowerCase();
        expect(isSame).toBe(a === b);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is one segment that stays where it is put, on any system', () => {
    fc.assert(
      fc.property(names, (name) => {
        const segment = encodeName(name);
        for (const system of [posix, win32]) {
          expect(system.dirname(system.join('store', segment))).toBe('store');
          expect(system.dirname(system.join('store', `${segment}.parquet`))).toBe('store');
        }
        expect(segment).toMatch(/^[A-Za-z0-9_\-^$#@=+&,%~]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never the name of a device, with or without an extension', () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(encodeName(name)).not.toMatch(
          /^(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9]|lpt[0-9])$/i,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('fits a file name for the longest symbol there can be', () => {
    expect(encodeName(`A${'!'.repeat(63)}`).length).toBeLessThan(200);
  });
});

describe('decodeName', () => {
  it.each(['', 'spy', 'a', '%4', '%41', '%2F', '%u0041', '~A', 'a/b', '..', 'CON', 'É', '~', '%%'])(
    'is null for %j, which is nobody’s spelling',
    (segment) => {
      expect(decodeName(segment)).toBeNull();
    },
  );

  it('takes one spelling of a name and no other', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'A~a%2fu0e_'.split('')), maxLength: 8 }),
        (segment) => {
          const name = decodeName(segment);
          if (name !== null) expect(encodeName(name)).toBe(segment);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
