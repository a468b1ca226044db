import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trialPaths } from '../../../../electron/engine/write-sorted.ts';
import { orRemoveUnfinished } from '../../../../electron/jobs/remove-unfinished.ts';
import { diskFs } from '../../../../electron/platform/fs.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const root = await tempFolder();
  await mkdir(join(root, 'data/5m'), { recursive: true });
  await writeFile(join(root, 'data/5m/.2025-09.parquet.tmp'), 'half');
  await writeFile(join(root, 'data/5m/2025-08.parquet'), 'whole');
  const files = () => readdir(join(root, 'data/5m'));
  return { root, fs: diskFs(root), paths: ['data/5m/2025-09.parquet', 'data/5m/2025-10.parquet'], files };
}

it('leaves what was written where all went well', async () => {
  const { fs, paths, files } = await setup();
  expect(await orRemoveUnfinished(fs, paths, Promise.resolve(7))).toBe(7);
  expect(await files()).toEqual(['.2025-09.parquet.tmp', '2025-08.parquet']);
});

it('removes what a process that was ended had begun to write, and no whole file', async () => {
  const { fs, paths, files, root } = await setup();
  for (const path of trialPaths('data/5m/.2025-09.parquet.tmp')) await writeFile(join(root, path), 'tried');
  await expect(orRemoveUnfinished(fs, paths, Promise.reject(new Error('ended')))).rejects.toThrow('ended');
  expect(await files()).toEqual(['2025-08.parquet']);
});
