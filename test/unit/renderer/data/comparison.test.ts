import { DAY, HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { closesAt, valuesAt } from '../../../../renderer/data/comparison.ts';

const utc = (text: string) => Date.parse(`${text}Z`);
const opens = (...texts: string[]) => Float64Array.from(texts, utc);

/** Another market's bars whose closes are 1, 2, 3 and so on. */
const market = (...texts: string[]) => ({
  ts: opens(...texts),
  values: Float64Array.from(texts, (_, index) => index + 1),
});

describe('closesAt', () => {
  it('meets bars that open together and leaves a gap where the other market has none', () => {
    const other = market('2025-09-02T13:30', '2025-09-02T13:31', '2025-09-02T13:33');
    const shown = opens('2025-09-02T13:30', '2025-09-02T13:31', '2025-09-02T13:32', '2025-09-02T13:33');
    expect([...closesAt(shown, other, MINUTE)]).toEqual([1, 2, Number.NaN, 3]);
  });

  it('meets hours that open at half past with the hours in which they open, and looks into no later one', () => {
    const other = market('2025-09-02T13:00', '2025-09-02T14:00');
    expect([...closesAt(opens('2025-09-02T13:30', '2025-09-02T14:30'), other, HOUR)]).toEqual([1, 2]);
  });

  it('has a gap over a night and a weekend', () => {
    const other = market('2025-09-05T19:55', '2025-09-08T13:30');
    const shown = opens('2025-09-05T19:55', '2025-09-05T20:00', '2025-09-07T12:00', '2025-09-08T13:30');
    expect([...closesAt(shown, other, 5 * MINUTE)]).toEqual([1, Number.NaN, Number.NaN, 2]);
  });

  it('meets days by their date, wherever they begin', () => {
    const equity = market('2025-09-02T08:00', '2025-09-03T08:00');
    const currency = market('2025-09-01T21:00', '2025-09-02T21:00');
    const coin = market('2025-09-02T00:00', '2025-09-03T00:00');
    for (const shown of [equity, currency, coin])
      for (const other of [equity, currency, coin])
        expect([...closesAt(shown.ts, other, DAY)]).toEqual([1, 2]);
  });

  it('meets weeks by their Monday', () => {
    const currency = market('2025-08-31T21:00', '2025-09-07T21:00');
    expect([...closesAt(opens('2025-09-02T08:00', '2025-09-08T08:00'), currency, 7 * DAY)]).toEqual([1, 2]);
  });

  it('has nothing where there is nothing', () => {
    expect([...closesAt(opens('2025-09-02T08:00'), market(), DAY)]).toEqual([Number.NaN]);
    expect([...closesAt(opens(), market('2025-09-02T08:00'), MINUTE)]).toEqual([]);
  });
});

describe('valuesAt', () => {
  it('takes each value to its instant among others', () => {
    const values = { ts: Float64Array.of(1, 2, 4), values: Float64Array.of(10, 20, 40) };
    expect([...valuesAt([0, 1, 3, 4, 5], values)]).toEqual([Number.NaN, 10, Number.NaN, 40, Number.NaN]);
  });
});
