import { describe, expect, it } from 'vitest';
import { sweepCrashes } from './model/crash-sweep.ts';
import { life } from './model/life.ts';

describe('a store that loses power at any call, and again while it recovers', () => {
  it('holds every acknowledged row exactly once and nothing that was not written', async () => {
    const { states, found } = await sweepCrashes({ steps: life, seed: 1, everyRecovery: 35 });
    expect(found).toEqual([]);
    expect(states).toBeGreaterThan(5_000);
  });

  it.each(['BatchedSync', 'NoSync'] as const)(
    'doubles, tears and invents nothing with %s',
    async (durability) => {
      const settings = { durability };
      const { found } = await sweepCrashes({
        steps: life,
        seed: 2,
        everyRecovery: 300,
        settings,
        promises: false,
      });
      expect(found).toEqual([]);
    },
  );
});
