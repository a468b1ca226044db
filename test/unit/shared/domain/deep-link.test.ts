import { formatDeepLink, looksLikeLink, readDeepLink, type DeepLink } from '#shared/domain/deep-link';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const reasonOf = (text: string) => {
  const read = readDeepLink(text);
  return read.ok ? 'followed' : read.reason;
};

const link = (part: Partial<DeepLink>): DeepLink => ({
  symbol: 'SPY',
  timeframe: null,
  at: null,
  objectId: null,
  ...part,
});

describe('readDeepLink', () => {
  it('reads a symbol, a timeframe, an instant and an object', () => {
    expect(
      readDeepLink('tapedeck://chart?symbol=BRK%2FB&tf=5M&t=2025-09-02T09:30:00-04:00&object=SPY-5m-zone-7'),
    ).toEqual({
      ok: true,
      link: {
        symbol: 'BRK/B',
        timeframe: '5m',
        at: Date.parse('2025-09-02T13:30:00Z'),
        objectId: 'SPY-5m-zone-7',
      },
    });
  });

  it('takes ms since 1970 for an instant, and leaves out what is not given', () => {
    expect(readDeepLink('TAPEDECK://chart/?t=1756819800000&symbol=SPY')).toEqual({
      ok: true,
      link: link({ at: epochMs(1_756_819_800_000) }),
    });
  });

  it.each([
    ['tapedeck://run?command=rm', 'form'],
    ['tapedeck://chart', 'form'],
    ['tapedeck://user@chart?symbol=SPY', 'form'],
    ['tapedeck://chart?symbol=SPY#x', 'form'],
    ['tapedeck://chart?symbol=SPY&symbol=QQQ', 'gives symbol twice'],
    ['tapedeck://chart?symbol=SPY&store=/etc', 'may hold symbol, tf, t, object only'],
    ['tapedeck://chart?symbol=SPY&__proto__=x', 'may hold'],
    ['tapedeck://chart?symbol=SPY&', 'may hold'],
    ['tapedeck://chart?tf=5m', 'no symbol'],
    ['tapedeck://chart?symbol=%00SPY', 'no symbol'],
    ['tapedeck://chart?symbol=S PY', 'no symbol'],
    [`tapedeck://chart?symbol=${'A'.repeat(65)}`, 'no symbol'],
    ['tapedeck://chart?symbol=%E0%A4%A', 'not encoded'],
    ['tapedeck://chart?symbol=SPY&tf=5x', 'no timeframe'],
    ['tapedeck://chart?symbol=SPY&t=2025-09-02T09:30:00', 'offset'],
    ['tapedeck://chart?symbol=SPY&t=1756819800', 'offset'],
    ['tapedeck://chart?symbol=SPY&t=99999-01-01T00:00:00Z', 'offset'],
    ['tapedeck://chart?symbol=SPY&object=a%0Ab', 'no object'],
    ['tapedeck://chart?symbol=SPY&object=', 'no object'],
    ['tapedeck://chart?symbol=SPY&object=a%E2%80%AEb', 'no object'],
    [`tapedeck://chart?symbol=SPY&object=${'x'.repeat(3_000)}`, 'longer than 2000'],
  ])('refuses %s', (text, reason) => {
    expect(reasonOf(text)).toMatch(/^The link .*\.$/);
    expect(reasonOf(text)).toContain(reason);
  });

  it('answers any text with a link or a sentence, and never throws', () => {
    const pieces = fc.constantFrom(
      'tapedeck://chart?',
      'symbol=',
      'tf=',
      't=',
      'object=',
      '&',
      '=',
      '%',
      '5m',
    );
    const texts = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        const read = readDeepLink(parts.join(''));
        return read.ok ? /^[\x21-\x7e]{1,64}$/.test(read.link.symbol) : read.reason.startsWith('The link ');
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('formatDeepLink', () => {
  it('writes what is read back the same', () => {
    const links = fc.record({
      symbol: fc.stringMatching(/^[A-Za-z0-9^$#@=_!&()+,\-./:[\]~]{1,64}$/),
      timeframe: fc.constantFrom(null, parseTimeframe('5m'), parseTimeframe('1d')),
      at: fc.option(fc.integer({ min: 0, max: 4e12 }).map(epochMs)),
      objectId: fc.option(fc.stringMatching(/^[\p{L}\p{N} &=?#%/+:]{1,40}$/u)),
    });
    fc.assert(
      fc.property(links, (given) => {
        expect(readDeepLink(formatDeepLink(given))).toEqual({ ok: true, link: given });
      }),
    );
  });

  it('is easy to read', () => {
    expect(
      formatDeepLink(link({ timeframe: parseTimeframe('5m'), at: epochMs(Date.UTC(2025, 8, 2, 13, 30)) })),
    ).toBe('tapedeck://chart?symbol=SPY&tf=5m&t=2025-09-02T13:30:00.000Z');
  });
});

describe('looksLikeLink', () => {
  it('tells links, right or wrong, from paths and switches', () => {
    expect(
      ['tapedeck:x', 'TapeDeck://chart', '--store', '/home/tapedeck', 'tapedeck'].map(looksLikeLink),
    ).toEqual([true, true, false, false, false]);
  });
});
