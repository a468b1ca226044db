import { expect, it } from 'vitest';
import { parseAppArguments } from '../../../../electron/app/app-arguments.ts';

const parse = (...args: string[]) => parseAppArguments(['electron', '.', ...args], '/home/ann');

const nothing = { storeFolder: null, screenshotFile: null, picture: null, link: null };

it('asks for nothing when nothing is asked', () => {
  expect(parse('--no-sandbox')).toEqual(nothing);
});

it('takes a value behind a space or an equals sign, relative to where the command was given', () => {
  expect(parse('--store', 'bars', '--screenshot=/tmp/out.png')).toEqual({
    ...nothing,
    storeFolder: '/home/ann/bars',
    screenshotFile: '/tmp/out.png',
  });
});

it('finds a link among the arguments, right or wrong', () => {
  expect(parse('--store', 'bars', 'tapedeck://nonsense')).toMatchObject({ link: 'tapedeck://nonsense' });
});

it('takes nothing behind -- for an option', () => {
  expect(parse('--', 'tapedeck://chart?symbol=SPY', '--store', '/tmp/other')).toEqual({
    ...nothing,
    link: 'tapedeck://chart?symbol=SPY',
  });
});

it('reads the picture that a command asks for, and nothing that is no such order', () => {
  const order = {
    file: '/tmp/x.png',
    symbol: 'SPY',
    timeframe: '5m',
    from: 1,
    until: 2,
    theme: 'dark',
    zone: 'UTC',
    width: 800,
    height: 600,
  };
  expect(parse(`--picture=${JSON.stringify(order)}`).picture).toEqual(order);
  expect(() => parse('--picture={"file":"/tmp/x.png"}')).toThrow();
});
