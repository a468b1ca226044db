import { expect, it } from 'vitest';
import { readTypedTime } from '../../../../renderer/data/typed-time.ts';

const zone = 'America/New_York';
const faultOf = (typed: string) => {
  const read = readTypedTime(typed, zone);
  return read.ok ? null : read.fault;
};

it.each([
  ['2025-09-05', '2025-09-05T04:00Z'],
  [' 2025-09-05 14:30 ', '2025-09-05T18:30Z'],
  ['2025-09-05T14:30Z', '2025-09-05T14:30Z'],
  ['2025-03-09 02:30', '2025-03-09T07:30Z'],
  ['2025-11-02 01:30', '2025-11-02T05:30Z'],
  ['1757082600000', '2025-09-05T14:30Z'],
])('reads %j in New York as %s', (typed, instant) => {
  expect(readTypedTime(typed, zone)).toEqual({ ok: true, ts: Date.parse(instant) });
});

it('says how to write what it cannot read', () => {
  for (const typed of ['', 'tomorrow', '5/9/2025', '14:30'])
    expect(faultOf(typed)).toMatch(/^Write a date as 20/);
});

it('says what is wrong with a date that cannot be', () => {
  expect(faultOf('2025-02-30')).toContain('does not exist');
  expect(faultOf('9999-12-31')).toContain('times lie between 1950 and 2099');
  expect(faultOf('1757082600')).toContain('looks like seconds');
});
