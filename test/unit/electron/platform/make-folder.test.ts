import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../../electron/platform/make-folder.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

it('makes a folder and those above it, and leaves one alone that is there', async () => {
  const folder = join(await tempFolder(), 'a', 'b c', 'd');
  await makeFolder(folder);
  await makeFolder(folder);
  expect((await stat(folder)).isDirectory()).toBe(true);
});

it('makes one folder for many that ask at once', async () => {
  const folder = join(await tempFolder(), 'a', 'b');
  await Promise.all(Array.from({ length: 20 }, () => makeFolder(folder)));
  expect((await stat(folder)).isDirectory()).toBe(true);
});

it('says why where a file has the name', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a', 'file'), '');
  await expect(makeFolder(join(folder, 'a', 'file'))).rejects.toThrow('EEXIST');
  await expect(makeFolder(join(folder, 'a', 'file', 'b'))).rejects.toThrow('ENOTDIR');
});

it.runIf(process.platform === 'linux')('ends where no folder can be made', async () => {
  await expect(makeFolder('/proc/none/store')).rejects.toThrow('ENOENT');
});
