import { expect, it } from 'vitest';
import { faultCodes, sweepFaults } from '../model/fault-sweep.ts';
import { life } from '../model/life.ts';

it.each(Object.keys(faultCodes))('bears %s at every call, once and lasting', async (code) => {
  const kinds = [false, true].map((lasts) => ({ code, lasts, isThorough: true }));
  const { faults, found } = await sweepFaults(life, () => kinds);
  expect(found).toEqual([]);
  process.stdout.write(`${code}: ${faults} failures\n`);
});
