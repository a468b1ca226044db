import { candleAt, unpackBars, type Candle } from '#shared/domain/candle';
import { createClient, type Client, type ViewportQuestion } from '#shared/ipc';
import { cp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OpenStoreOptions } from '../../electron/host/backend.ts';
import { openStore } from '../../electron/open-store.ts';
import { forkFrom } from '../../electron/platform/fork-child.ts';
import { builtPrograms } from './open-test-store.ts';
import { tempFolder } from './temp-folder.ts';

const corpus = join(import.meta.dirname, '..', 'corpus', 'foreign');

/** A copy of the folder that the original bots wrote, in a place of its own. */
export async function foreignFolder(): Promise<string> {
  const folder = await tempFolder();
  for (const top of ['data', 'objects']) await cp(join(corpus, top), join(folder, top), { recursive: true });
  return folder;
}

/** Names, sizes and times of everything in a folder: it is as it was when they are. */
export async function stateOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs, isDirectory } = await stat(join(folder, name)).then((stats) => ({
        size: stats.size,
        mtimeMs: stats.mtimeMs,
        isDirectory: stats.isDirectory(),
      }));
      return isDirectory ? name : `${name} ${size} ${mtimeMs}`;
    }),
  );
}

export interface OpenFolder {
  readonly client: Client;
  /** SPY of all times, but for what is said; bars as rows. */
  readonly view: (change?: Partial<ViewportQuestion>) => Promise<FolderView>;
  readonly close: () => Promise<void>;
}

export type FolderView = Omit<Awaited<ReturnType<Client['candles']['viewport']>>, 'bars'> & {
  readonly candles: readonly Candle[];
};

/** Opens whatever a folder is, as the window does. Closed with the test. */
export async function openFolder(
  folder: string,
  options: Partial<OpenStoreOptions> = {},
): Promise<OpenFolder> {
  const bridge = await openStore({
    folder,
    create: true,
    startChild: forkFrom(builtPrograms),
    appVersion: '0.0.0',
    ...options,
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= bridge.close());
  onTestFinished(close);
  const client = createClient(bridge);
  return {
    client,
    close,
    async view(change = {}) {
      const question = { symbol: 'SPY', timeframe: '5m', from: 0, until: Date.UTC(2030, 0, 1), ...change };
      const { bars: packed, ...answer } = await client.candles.viewport(question);
      const bars = unpackBars(packed);
      return { ...answer, candles: Array.from(bars.ts, (_, index) => candleAt(bars, index)!) };
    },
  };
}
