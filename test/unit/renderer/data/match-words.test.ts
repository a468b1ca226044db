import { expect, it } from 'vitest';
import { fitOf } from '../../../../renderer/data/match-words.ts';

/** Those of some texts that fit, the best one first. */
function found(typed: string, ...texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => {
      const fit = fitOf(typed, text);
      return fit === null ? [] : [{ text, fit }];
    })
    .sort((a, b) => b.fit - a.fit)
    .map(({ text }) => text);
}

it('puts the whole text before its beginning, that before a word in it, that before a part of a word', () => {
  expect(found('log', 'Catalog of zones', 'Show the log', 'Logarithmic prices', 'log')).toEqual([
    'log',
    'Logarithmic prices',
    'Show the log',
    'Catalog of zones',
  ]);
});

it('finds words in any order', () => {
  expect(found('york new', 'America/New_York', 'America/Chicago')).toEqual(['America/New_York']);
});

it('finds initials and letters that follow them', () => {
  expect(found('gtd', 'Go to a date…', 'Dark theme')).toEqual(['Go to a date…']);
  expect(found('obf', 'One bar forward', 'One bar back')).toEqual(['One bar forward']);
});

it('does not take letters that are strewn over a text for it', () => {
  expect(found('rmcs', 'Logarithmic prices', 'Tint pre-market and after hours')).toEqual([]);
});

it('takes the shorter of two that fit alike', () => {
  expect(found('sp', 'SPYG', 'SPY')).toEqual(['SPY', 'SPYG']);
});
