import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { demoStoreFolder, makeDemoStoreAt } from '../../../../electron/app/demo-store.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const userData = await tempFolder();
  return { userData, folder: demoStoreFolder(userData) };
}

it('shows the store only when it is whole', async () => {
  const { userData, folder } = await setup();
  await makeDemoStoreAt(folder, async (partial) => {
    await mkdir(partial);
    expect(await readdir(userData)).not.toContain('demo-store');
    await writeFile(join(partial, 'store.json'), '{}');
  });
  expect(await readdir(folder)).toEqual(['store.json']);
});

it('throws away what an attempt that died left behind', async () => {
  const { userData, folder } = await setup();
  await mkdir(`${folder}.partial-4194305`);
  await makeDemoStoreAt(folder, (partial) => mkdir(partial));
  expect(await readdir(userData)).toEqual(['demo-store']);
});

it('leaves no store behind when making it fails', async () => {
  const { folder, userData } = await setup();
  await expect(makeDemoStoreAt(folder, () => Promise.reject(new Error('disk full')))).rejects.toThrow(
    'disk full',
  );
  expect(await readdir(userData)).toEqual([]);
});
