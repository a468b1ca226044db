import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageFile } from '../../../../electron/app/page-file.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const scratch = await tempFolder();
  const folder = join(scratch, 'renderer');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '');
  await writeFile(join(scratch, 'secret.js'), '');
  await symlink(join(scratch, 'secret.js'), join(folder, 'link.js'));
  return { folder, find: (address: string) => pageFile(folder, address) };
}

it('finds a file of the page, with its type', async () => {
  const { folder, find } = await setup();
  expect(await find('app://tapedeck/index.html?x=1#y')).toEqual({
    path: join(folder, 'index.html'),
    contentType: 'text/html; charset=utf-8',
  });
});

it.each([
  ['a file that is not there', 'app://tapedeck/none.html'],
  ['a folder', 'app://tapedeck/assets'],
  ['another host', 'app://elsewhere/index.html'],
  ['another scheme', 'file:///index.html'],
  ['a way up', 'app://tapedeck/%2e%2e/secret.js'],
  ['a way up behind an encoded slash', 'app://tapedeck/..%2fsecret.js'],
  ['a way up behind a backslash', 'app://tapedeck/..%5csecret.js'],
  ['a link that leads out', 'app://tapedeck/link.js'],
  ['a name with a NUL', 'app://tapedeck/index.html%00.js'],
  ['a broken encoding', 'app://tapedeck/%zz.js'],
])('finds nothing for %s', async (_what, address) => {
  const { find } = await setup();
  expect(await find(address)).toBeNull();
});
