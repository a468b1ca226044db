import { describe, expect, it } from 'vitest';
import { parseStartArguments } from '../../../../build/launcher/start-arguments.mjs';

const parse = (...args: string[]) => parseStartArguments(args, '/home/ann');

describe('parseStartArguments', () => {
  it('opens the demo store when nothing is asked', () => {
    expect(parse()).toEqual({ help: false, dev: false, appArguments: [], switches: [] });
  });

  it('reads paths from where the command was given', () => {
    expect(parse('--store', 'bars', '--screenshot=out.png').appArguments).toEqual([
      '--store',
      '/home/ann/bars',
      '--screenshot',
      '/home/ann/out.png',
    ]);
  });

  it('hands on to Electron what stands behind a second --', () => {
    expect(parse('--dev', '--', '--disable-gpu')).toMatchObject({ dev: true, switches: ['--disable-gpu'] });
  });

  it('hands a link on, whatever is in it, and one only', () => {
    const link = 'tapedeck://chart?symbol=SPY&t=2025-09-02T13:30:00Z';
    expect(parse(link)).toMatchObject({ appArguments: [link], switches: [] });
    expect(() => parse(link, link)).toThrow(/^One link at a time/);
  });

  it('refuses an option that does not exist, in one sentence', () => {
    expect(() => parse('--stroe', 'x')).toThrow(/^Unknown option '--stroe'; see npm start -- --help\.$/);
  });

  it('refuses an option without its value', () => {
    expect(() => parse('--store')).toThrow(/--store/);
  });

  it('refuses a word that belongs to no option', () => {
    expect(() => parse('bars')).toThrow(/^bars is not an option/);
  });
});
