import { describe, expect, it } from 'vitest';
import { LostFiles } from '../../../../electron/queries/lost-files.ts';
import type { Store } from '../../../../electron/storage/store.ts';

const gone = (...paths: readonly string[]) => paths.map((path) => ({ path, reason: 'it is not there' }));

/** A store whose log counts on some files, and at each further reading of it on the next ones. */
function lostFiles(access: 'owner' | 'reader', ...listed: readonly (readonly string[])[]) {
  let readings = 0;
  return new LostFiles({
    access,
    catalog: { isOnDisk: (path: string) => listed[readings]?.includes(path) === true },
    refresh: () => {
      readings += 1;
      return Promise.resolve();
    },
  } as unknown as Store);
}

describe('LostFiles', () => {
  it('has nothing against files that can be read', async () => {
    expect(await lostFiles('reader', []).areLost([])).toBe(true);
  });

  it('believes its owner, who keeps what is read where it is', async () => {
    expect(await lostFiles('owner', ['a']).areLost(gone('a'))).toBe(true);
    expect(await lostFiles('owner', []).areLost(gone('a'))).toBe(false);
  });

  it('names to others what the log still counts on when it is read again', async () => {
    const lost = lostFiles('reader', ['a', 'b'], ['a', 'b']);
    expect(await lost.areLost(gone('a'))).toBe(false);
    expect(await lost.areLost(gone('a'))).toBe(true);
  });

  it('never names what was replaced, nor what took its place and was replaced in turn', async () => {
    const lost = lostFiles('reader', ['a'], ['b'], ['c'], ['c']);
    expect(await lost.areLost(gone('a'))).toBe(false);
    expect(await lost.areLost(gone('b'))).toBe(false);
    expect(await lost.areLost([])).toBe(true);
  });
});
