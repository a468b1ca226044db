import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFs } from '../../../../electron/platform/fs.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function storeWithLink() {
  const [root, outside] = [await tempFolder(), await tempFolder()];
  await mkdir(`${root}/data`);
  await writeFile(`${outside}/theirs`, 'theirs');
  await symlink(outside, `${root}/data/5m`);
  return { fs: diskFs(root), root, outside };
}

describe('insideRoot', () => {
  it.each([
    ['creates nothing', (fs: ReturnType<typeof diskFs>) => fs.create('data/5m/new')],
    ['makes no folder', (fs: ReturnType<typeof diskFs>) => fs.makeFolder('data/5m/2025-09-02')],
    ['moves nothing out', (fs: ReturnType<typeof diskFs>) => fs.rename('data/mine', 'data/5m/mine')],
    ['moves nothing in', (fs: ReturnType<typeof diskFs>) => fs.rename('data/5m/theirs', 'data/theirs')],
    ['removes nothing', (fs: ReturnType<typeof diskFs>) => fs.remove('data/5m/theirs')],
    ['cuts nothing', (fs: ReturnType<typeof diskFs>) => fs.truncate('data/5m/theirs', 0)],
  ])('%s through a link that leaves the store', async (_, act) => {
    const { fs, root, outside } = await storeWithLink();
    await writeFile(`${root}/data/mine`, 'mine');
    await expect(act(fs)).rejects.toThrow('leaves the store');
    expect(await readdir(outside)).toEqual(['theirs']);
    expect(await readFile(`${outside}/theirs`, 'utf8')).toBe('theirs');
  });

  it('goes through a link that stays in the store', async () => {
    const { fs, root } = await storeWithLink();
    await mkdir(`${root}/elsewhere`);
    await symlink(`${root}/elsewhere`, `${root}/data/2m`);
    await fs.makeFolder('data/2m/2025-09-02');
    expect(await readdir(`${root}/elsewhere`)).toEqual(['2025-09-02']);
  });

  it('takes a root that is itself reached through a link, or by a relative path', async () => {
    const [root, other] = [await tempFolder(), await tempFolder()];
    await symlink(root, `${other}/store`);
    await diskFs(`${other}/store`).makeFolder('data/5m');
    await diskFs(relative(process.cwd(), root)).makeFolder('data/2m');
    expect((await readdir(`${root}/data`)).sort()).toEqual(['2m', '5m']);
  });

  it('removes a link itself, not what it leads to', async () => {
    const { fs, root, outside } = await storeWithLink();
    await symlink(`${outside}/theirs`, `${root}/data/link`);
    await fs.remove('data/link');
    expect(await readFile(`${outside}/theirs`, 'utf8')).toBe('theirs');
  });
});
