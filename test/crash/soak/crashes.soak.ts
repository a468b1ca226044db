import { expect, it } from 'vitest';
import { sweepCrashes } from '../model/crash-sweep.ts';
import { life } from '../model/life.ts';
import { soak } from './settings.ts';

const seeds = Array.from({ length: soak.rounds }, (_, index) => soak.seed + index);

it.each(seeds)(
  'holds every acknowledged row after a crash at any call of any recovery, seed %i',
  async (seed) => {
    const { states, found } = await sweepCrashes({ steps: life, seed, everyRecovery: 1 });
    expect(found).toEqual([]);
    process.stdout.write(`seed ${seed}: ${states} states\n`);
  },
);
