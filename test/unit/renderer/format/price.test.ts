import { describe, expect, it } from 'vitest';
import {
  decimalsOf,
  formatPercentChange,
  formatPrice,
  formatSigned,
} from '../../../../renderer/format/price.ts';

describe('decimalsOf', () => {
  it('shows every price as it is stored', () => {
    expect([[100, 101.5], [1.08345, 1.0834], [0.00000001], [1e9]].map(decimalsOf)).toEqual([2, 5, 8, 2]);
  });

  it('takes the dust of binary sums for no decimal', () => {
    expect(decimalsOf([0.1 + 0.2])).toBe(2);
  });

  it('stops at ten', () => {
    expect(decimalsOf([1 / 300])).toBe(10);
  });

  it('shows five digits of what costs next to nothing', () => {
    expect([[1.00442e-8 / 3], [1e-20 / 3]].map(decimalsOf)).toEqual([13, 16]);
  });

  it('passes over what is no price', () => {
    expect(decimalsOf([Number.NaN, Infinity, 1.5])).toBe(2);
  });
});

describe('formatPrice', () => {
  it('groups from ten thousand on', () => {
    expect([9999.5, 61204.5, 1e9].map((price) => formatPrice(price, 2))).toEqual([
      '9999.50',
      '61,204.50',
      '1,000,000,000.00',
    ]);
  });

  it('writes a dash for what is no price', () => {
    expect([null, Number.NaN, Infinity].map((price) => formatPrice(price, 2))).toEqual(['–', '–', '–']);
  });
});

describe('formatSigned', () => {
  it('writes a true minus sign', () => {
    expect([formatSigned(-0.4, 2), formatSigned(1.25, 2)]).toEqual(['−0.40', '+1.25']);
  });
});

describe('formatPercentChange', () => {
  it('says the change in percent, and nothing for a change from zero', () => {
    expect([formatPercentChange(200, 201), formatPercentChange(0, 1)]).toEqual(['+0.50 %', '–']);
  });
});
