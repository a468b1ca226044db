import { expect, it } from 'vitest';
import { faultCodes, sweepFaults } from './model/fault-sweep.ts';
import { life } from './model/life.ts';

const codes = Object.keys(faultCodes);

it('words every failed call, loses nothing by it, and works on when the disk is well again', async () => {
  const { found } = await sweepFaults(life, (call) =>
    codes.flatMap((code, index) => {
      const isThorough = call % codes.length === index;
      const once = { code, lasts: false, isThorough };
      return isThorough ? [once, { ...once, lasts: true }] : [once];
    }),
  );
  expect(found).toEqual([]);
});
