import { readdir } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import * as ownerLock from '../../electron/platform/owner-lock.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { candleRow } from '../helpers/rows.ts';

// Modules are shared with the files that ran before: with them it would be too late to step in between.
vi.hoisted(() => vi.resetModules());
vi.mock('../../electron/platform/owner-lock.ts', { spy: true });

/** A store with one bar that nothing can be written to any more. */
async function writeProtected(code: string) {
  const store = await openTestStore();
  await store.append(candleRow());
  await store.close();
  const error = Object.assign(new Error(code), { code });
  vi.mocked(ownerLock.takeOwnerLock).mockRejectedValueOnce(error);
  return store.folder;
}

describe.each([
  ['EROFS', 'lies on a read-only file system'],
  ['EACCES', 'may not be written to by this user'],
])('a store where writing fails with %s', (code, why) => {
  it('can be looked at, says why nothing can be changed, and is left as it is', async () => {
    const folder = await writeProtected(code);
    const before = await readdir(folder, { recursive: true });
    const store = await openTestStore({ folder });
    expect((await store.view()).candles).toHaveLength(1);
    const { readOnlyReason } = await store.client.store.describe({});
    expect(readOnlyReason).toBe(`${folder} ${why}: it can be looked at, and nothing in it changed`);
    await expect(store.append(candleRow())).rejects.toMatchObject({
      code: 'store-read-only',
      message: readOnlyReason,
    });
    await store.close();
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });
});
