import { expect, it } from 'vitest';
import { tempFolder } from '../helpers/temp-folder.ts';
import { runKills } from './kill/kill-run.ts';
import { copyPrograms } from './kill/programs.ts';

it('keeps every acknowledged row of programs that are killed at any moment', async () => {
  const seed = Date.now() % 1_000_000;
  const programs = await copyPrograms();
  try {
    const run = await runKills({ programs, store: await tempFolder(), seed, kills: 40, hasChores: false });
    process.stdout.write(`Seed ${seed}: ${run.rows} rows, ${run.reads} reads, ${run.kills} kills\n`);
    expect(run.wrong, `seed ${seed}`).toEqual([]);
  } finally {
    await programs.remove();
  }
});
