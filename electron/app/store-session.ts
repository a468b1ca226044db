import { replyOf } from '#shared/errors';
import { channels } from '#shared/ipc';
import type { StoreBridge } from '../open-store.ts';

const closeLimitMs = 10_000;

/** The store that the window shows. Calls made while it is being opened wait for it. */
export interface StoreSession {
  readonly call: (channel: string, args: unknown) => Promise<unknown>;
  /** Gives up the store shown so far, then shows the one that `open` brings. */
  readonly show: (open: () => Promise<StoreBridge>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `forward` receives every event of whichever store is shown. */
export function createStoreSession(forward: (channel: string, payload: unknown) => void): StoreSession {
  let shown: Promise<StoreBridge | null> = Promise.resolve(null);

  const close = async () => {
    const bridge = await shown.catch(() => null);
    if (bridge !== null) await withinLimit(bridge.close());
  };

  return {
    call: async (channel, args) => {
      try {
        const bridge = await shown;
        return bridge === null ? replyOf(new Error('No store is open')) : await bridge.call(channel, args);
      } catch (error) {
        return replyOf(error);
      }
    },
    show: async (open) => {
      const closed = close();
      const opened = closed.then(open).then((bridge) => {
        for (const { channel, entry } of channels) {
          if (entry.kind === 'event') bridge.subscribe(channel, (payload) => forward(channel, payload));
        }
        return bridge;
      });
      // A call that finds the failure words it; nobody else waits for this promise.
      opened.catch(() => undefined);
      shown = opened;
      await opened;
    },
    close: async () => {
      await close();
      shown = Promise.resolve(null);
    },
  };
}

async function withinLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The store did not close in time')), closeLimitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
