import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../build/launcher/built.mjs';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const folder = await tempFolder();
  await mkdir(join(folder, 'src/deep'), { recursive: true });
  await writeFile(join(folder, 'src/deep/a.ts'), 'a');
  await writeFile(join(folder, 'outside.ts'), 'a');
  return { folder, take: () => fingerprint(folder, ['src', 'missing']) };
}

describe('fingerprint', () => {
  it('stays the same while nothing changes', async () => {
    const { folder, take } = await setup();
    const before = take();
    await writeFile(join(folder, 'outside.ts'), 'changed');
    expect(take()).toBe(before);
  });

  it('changes when a file is written, even with the same length', async () => {
    const { folder, take } = await setup();
    const before = take();
    await writeFile(join(folder, 'src/deep/a.ts'), 'b');
    await utimes(join(folder, 'src/deep/a.ts'), 1, 1);
    expect(take()).not.toBe(before);
  });

  it('changes when a file is added or renamed', async () => {
    const { folder, take } = await setup();
    const before = take();
    await rename(join(folder, 'src/deep/a.ts'), join(folder, 'src/deep/b.ts'));
    const renamed = take();
    await writeFile(join(folder, 'src/c.ts'), '');
    expect(new Set([before, renamed, take()]).size).toBe(3);
  });
});
