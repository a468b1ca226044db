import { expect, it } from 'vitest';
import { sweepCrashes } from '../model/crash-sweep.ts';
import { life } from '../model/life.ts';
import { soak } from './settings.ts';

const seeds = Array.from({ length: soak.rounds }, (_, index) => soak.seed + index);
const tellEveryMs = 20_000;

it.each(seeds)(
  'holds every acknowledged row after a crash at any call of any recovery, seed %i',
  async (seed) => {
    let toldMs = performance.now();
    const { states, crashes, found } = await sweepCrashes({
      ...{ steps: life, seed, everyRecovery: 1 },
      onProgress({ calls, callCount, ...sofar }) {
        if (performance.now() - toldMs < tellEveryMs) return;
        toldMs = performance.now();
        process.stdout.write(
          `seed ${seed}: ${sofar.states} states, ${calls} of ${callCount} calls crashed\n`,
        );
      },
    });
    expect(found).toEqual([]);
    process.stdout.write(`seed ${seed}: ${states} different states of ${crashes} crashes\n`);
  },
);
