import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMacd, macd, macdWarmUp } from '#shared/math/macd';
import { column, cutInTwo, prices, rounded, throughJson } from '../../../helpers/series.ts';

describe('macd', () => {
  // Apple, February to May 2013.
  const close = column(`
    459.99 448.85 446.06 450.81 442.8 448.97 444.57 441.4 430.47 420.05 431.14 425.66 430.58
    431.72 437.87 428.43 428.35 432.5 443.66 455.72 454.49 452.08 452.73 461.91 463.58 461.14
    452.08 442.66 428.91 429.79 431.99 427.72 423.2 426.21 426.98 435.69 434.33 429.8 419.85`);

  it('gives the values of the sheet of InvestExcel, "How to Calculate MACD in Excel"', () => {
    const { line, signal } = macd(close);
    expect(rounded(line, 9).slice(0, 10)).toEqual([
      8.275269504, 7.703378381, 6.416074757, 4.237519783, 2.552583325, 1.37888572, 0.102981491, -1.258401953,
      -2.07055819, -2.621842328,
    ]);
    expect(rounded(signal, 9).slice(0, 3)).toEqual([3.037525869, 1.905652229, 1.058708435]);
  });

  it('has as histogram the line less the signal, from the end of the warm-up on', () => {
    const { line, signal, histogram } = macd(close);
    const first = macdWarmUp(defaultMacd);
    expect(histogram.findIndex((value) => !Number.isNaN(value))).toBe(first);
    expect(histogram[first]).toBe((line[first] ?? 0) - (signal[first] ?? 0));
  });

  it('goes on from its state as if it had seen everything', () => {
    fc.assert(
      fc.property(prices(120), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const [first, second] = cutInTwo(values, share);
        const before = macd(first);
        const after = macd(second, defaultMacd, throughJson(before.state));
        const whole = macd(values);
        expect([...before.line, ...after.line]).toEqual([...whole.line]);
        expect([...before.signal, ...after.signal]).toEqual([...whole.signal]);
      }),
    );
  });
});
