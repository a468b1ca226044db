import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { withLock } from '../../../../build/launcher/file-lock.mjs';
import { tempFolder } from '../../../helpers/temp-folder.ts';

async function setup() {
  const cache = await tempFolder();
  vi.stubEnv('XDG_CACHE_HOME', cache);
  onTestFinished(() => void vi.unstubAllEnvs());
  return join(cache, 'tapedeck', 'build.lock');
}

describe('withLock', () => {
  it('runs one after another, never two at once', async () => {
    await setup();
    const log: string[] = [];
    const step = (name: string) =>
      withLock('build', async () => {
        log.push(`${name} begins`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        log.push(`${name} ends`);
      });
    await Promise.all([step('a'), step('b')]);
    expect(log.map((line) => line.slice(2))).toEqual(['begins', 'ends', 'begins', 'ends']);
  });

  it('passes over a holder that died', async () => {
    const lock = await setup();
    await mkdir(dirname(lock));
    // No process has the highest pid that Linux allows plus one.
    await writeFile(lock, '4194305');
    expect(await withLock('build', async () => 'done')).toBe('done');
  });

  it('is free again after the work failed', async () => {
    await setup();
    await expect(withLock('build', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await withLock('build', async () => 'done')).toBe('done');
  });
});
