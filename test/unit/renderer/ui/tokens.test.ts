import { describe, expect, it } from 'vitest';
import {
  candlePresets,
  themes,
  type CandlePreset,
  type Theme,
} from '../../../../renderer/state/settings-slice.ts';
import { cssRules } from '../../../helpers/css-rules.ts';

/** What WCAG 2 asks of text that is not large. */
const leastContrast = 4.5;

const rules = cssRules();
const tokenRules = rules.filter(({ file }) => file === 'ui/tokens.css');
const isDisabled = /:disabled|aria-disabled/;

type Tokens = ReadonlyMap<string, string>;
type Rgba = readonly [red: number, green: number, blue: number, alpha: number];

/** The tokens that hold with a theme and a preset: what comes later, and is more particular, wins. */
function tokensOf(theme: Theme, preset: CandlePreset): Tokens {
  const scheme = `[data-mantine-color-scheme='${theme}']`;
  const candles = `[data-candles='${preset}']`;
  const wanted = [':root', scheme, candles, `${scheme}${candles}`];
  const found = tokenRules
    .flatMap(({ selector, declared }) =>
      selector.split(',').map((each) => ({ rank: wanted.indexOf(each.trim()), declared })),
    )
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => Math.max(1, a.rank) - Math.max(1, b.rank));
  return new Map(found.flatMap(({ declared }) => Object.entries(declared)));
}

function colourOf(tokens: Tokens, name: string): Rgba {
  const value = tokens.get(name) ?? '';
  const alias = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
  if (alias !== undefined) return colourOf(tokens, alias);
  const [red = NaN, green = NaN, blue = NaN, alpha = 255] = (value.slice(1).match(/../g) ?? []).map((pair) =>
    Number.parseInt(pair, 16),
  );
  return [red, green, blue, alpha / 255];
}

/** What is seen of a colour that lets through what is behind it. */
function over([r, g, b, alpha]: Rgba, [R, G, B]: Rgba): Rgba {
  const mix = (front: number, back: number) => front * alpha + back * (1 - alpha);
  return [mix(r, R), mix(g, G), mix(b, B), 1];
}

function luminance([red, green, blue]: Rgba): number {
  const [r, g, b] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(front: Rgba, back: Rgba): number {
  const [a, b] = [luminance(over(front, back)), luminance(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const tokenIn = (value: string | undefined) => /^var\((--[\w-]+)\)$/.exec(value ?? '')?.[1];

/** Text on the surfaces that everything lies on, and on the ground that its own rule gives it. */
const pairs = rules
  .filter(({ selector, file }) => !isDisabled.test(selector) && file !== 'ui/tokens.css')
  .flatMap(({ declared, file, selector }) => {
    const text = tokenIn(declared['color']);
    if (text === undefined) return [];
    const ground = tokenIn(declared['background']);
    const grounds = ground === undefined ? ['--panel', '--raised', '--hover'] : [ground];
    return grounds.map((each) => ({ text, ground: each, where: `${file} ${selector}` }));
  });

/** What the chart writes on its own ground: labels of objects, and values in the legend in the colour of a line. */
const onTheChart = [...tokensOf('dark', 'default').keys()]
  .filter((name) => /^--(tone-(up|down|neutral)$|level$|line-)/.test(name))
  .map((text) => ({ text, ground: '--panel', where: 'the chart' }));

describe.each(themes.flatMap((theme) => candlePresets.map((preset) => ({ theme, preset }))))(
  'the $theme theme with candles $preset',
  ({ theme, preset }) => {
    it('has contrast enough wherever there is text', () => {
      const tokens = tokensOf(theme, preset);
      const panel = colourOf(tokens, '--panel');
      const weak = [...pairs, ...onTheChart].flatMap(({ text, ground, where }) => {
        const seen = contrast(colourOf(tokens, text), over(colourOf(tokens, ground), panel));
        return seen >= leastContrast ? [] : [`${text} on ${ground}: ${seen.toFixed(2)} (${where})`];
      });
      expect(weak).toEqual([]);
    });
  },
);

it('writes in the faintest colour only what cannot be used just now', () => {
  const faint = rules.filter(({ declared }) => declared['color'] === 'var(--faint)');
  expect(faint.filter(({ selector }) => !isDisabled.test(selector))).toEqual([]);
});

it('knows every colour that is written with', () => {
  const tokens = tokensOf('dark', 'default');
  expect(pairs.filter(({ text, ground }) => !tokens.has(text) || !tokens.has(ground))).toEqual([]);
});
