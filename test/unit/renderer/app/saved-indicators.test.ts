import { describe, expect, it } from 'vitest';
import {
  savedComparison,
  savedIndicators,
  savedPaneShares,
} from '../../../../renderer/app/saved-indicators.ts';

const ema = { id: 'ema-1', indicator: { kind: 'ema', period: 34 }, colour: 'teal', width: 3, isHidden: true };

describe('savedIndicators', () => {
  it('reads what was saved', () => {
    const macd = { ...ema, id: 'macd-1', indicator: { kind: 'macd', fast: 5, slow: 35, signal: 5 } };
    expect(savedIndicators.parse([ema, macd])).toEqual([ema, macd]);
  });

  it.each([
    ['a kind that there is not', { ...ema, indicator: { kind: 'ichimoku' } }],
    ['a period that is none', { ...ema, indicator: { kind: 'ema', period: -3 } }],
    ['a fast average that is slower', { ...ema, indicator: { kind: 'macd', fast: 30, slow: 20, signal: 9 } }],
    ['no id', { ...ema, id: '' }],
    ['something else', 7],
  ])('leaves out one with %s and keeps the others', (_, strange) => {
    expect(savedIndicators.parse([strange, ema])).toEqual([ema]);
  });

  it('keeps an indicator whose looks make no sense, in usual ones', () => {
    expect(savedIndicators.parse([{ ...ema, colour: 'puce', width: 40, isHidden: 'no' }])).toEqual([
      { ...ema, colour: 'blue', width: 1, isHidden: false },
    ]);
  });

  it('fills in a parameter that was not saved', () => {
    expect(savedIndicators.parse([{ ...ema, indicator: { kind: 'rsi' } }])[0]?.indicator).toEqual({
      kind: 'rsi',
      period: 14,
    });
  });

  it('has each id once and no more than there may be', () => {
    expect(savedIndicators.parse([ema, ema])).toEqual([ema]);
    const many = Array.from({ length: 90 }, (_, index) => ({ ...ema, id: `ema-${index}` }));
    expect(savedIndicators.parse(many)).toHaveLength(24);
  });

  it('is empty for what is no list', () => {
    expect(savedIndicators.parse('x')).toEqual([]);
  });
});

describe('savedComparison', () => {
  it('has each symbol once, and four at most', () => {
    const symbols = ['A', 'A', 'B', 'C', 'D', 'E'].map((symbol) => ({ symbol, colour: 'violet' }));
    expect(savedComparison.parse(symbols).map(({ symbol }) => symbol)).toEqual(['A', 'B', 'C', 'D']);
    expect(savedComparison.parse([{ symbol: '' }, 7])).toEqual([]);
  });
});

describe('savedPaneShares', () => {
  it('reads shares and forgets them all when one makes no sense', () => {
    expect(savedPaneShares.parse({ price: 0.6, 'rsi-1': 0.2 })).toEqual({ price: 0.6, 'rsi-1': 0.2 });
    expect(savedPaneShares.parse({ price: -1 })).toEqual({});
  });
});
