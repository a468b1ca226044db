import { afterAll, beforeAll, expect, it } from 'vitest';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { runKills } from '../kill/kill-run.ts';
import { copyPrograms, type Programs } from '../kill/programs.ts';
import { soak } from './settings.ts';

const killsPerStore = 100;
const seeds = Array.from({ length: Math.ceil(soak.kills / killsPerStore) }, (_, index) => soak.seed + index);

let programs: Programs;
beforeAll(async () => {
  programs = await copyPrograms();
});
afterAll(() => programs.remove());

it.each(seeds)('keeps every acknowledged row of programs that are killed, seed %i', async (seed) => {
  // One store of bots, one of chores.
  const hasChores = seed % 2 === 0;
  const run = await runKills({ programs, store: await tempFolder(), seed, kills: killsPerStore, hasChores });
  expect(run.wrong).toEqual([]);
  const { rows, reads, chores, kills } = run;
  process.stdout.write(`seed ${seed}: ${rows} rows, ${reads} reads, ${chores} chores, ${kills} kills\n`);
});
