import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTextFile } from '../../../../electron/platform/text-file.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const folder = await tempFolder();
  return { folder, file: createTextFile(join(folder, 'deep', 'workspace.json')) };
}

describe('createTextFile', () => {
  it('is null before anything was saved', async () => {
    expect(await (await setup()).file.load()).toBeNull();
  });

  it('keeps the last of the saves made at once, and leaves nothing beside it', async () => {
    const { folder, file } = await setup();
    const saves = ['a', 'b', 'c'].map((text) => file.save(text));
    expect(await file.load()).toBe('c');
    await Promise.all(saves);
    expect(await readdir(join(folder, 'deep'))).toEqual(['workspace.json']);
  });

  it('saves again after a save that failed', async () => {
    const folder = await tempFolder();
    const file = createTextFile(join(folder, 'workspace.json'));
    const blocked = createTextFile(join(folder, 'workspace.json', 'below-a-file'));
    await file.save('a');
    await expect(blocked.save('b')).rejects.toThrow();
    await blocked.settled();
    await file.save('c');
    expect(await file.load()).toBe('c');
  });
});
