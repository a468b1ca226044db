import { expect, it } from 'vitest';
import { sweepCrashes } from './model/crash-sweep.ts';
import { mutations } from './model/mutations.ts';
import { life } from './model/life.ts';

it.each(mutations)('finds out when $name', async (mutation) => {
  const { found } = await sweepCrashes({
    steps: life,
    seed: 1,
    everyRecovery: Infinity,
    mutation,
  });
  expect(found).not.toEqual([]);
});
