import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { OpenStoreOptions } from '../host/backend.ts';
import type { StoreBridge } from '../open-store.ts';

/** Opens stores so that windows on the same folder share one. */
export type OpenShared = (options: OpenStoreOptions) => Promise<StoreBridge>;

interface Shared {
  readonly bridge: Promise<StoreBridge>;
  users: number;
}

/**
 * Hands out bridges that lead to one opened store for each folder. It is given up when the last of them is closed;
 * whoever comes while that is going on waits for its end.
 */
export function shareStores(open: OpenShared): OpenShared {
  const opened = new Map<string, Shared>();
  const closing = new Map<string, Promise<void>>();

  const take = (key: string, options: OpenStoreOptions): Shared => {
    const known = opened.get(key);
    if (known !== undefined) return known;
    const ended = closing.get(key) ?? Promise.resolve();
    const made: Shared = { bridge: ended.catch(() => undefined).then(() => open(options)), users: 0 };
    opened.set(key, made);
    return made;
  };

  const leave = async (key: string, shared: Shared): Promise<void> => {
    shared.users -= 1;
    if (shared.users > 0) return;
    if (opened.get(key) === shared) opened.delete(key);
    const closed = shared.bridge.then((bridge) => bridge.close());
    closing.set(key, closed);
    try {
      await closed;
    } finally {
      if (closing.get(key) === closed) closing.delete(key);
    }
  };

  return async (options) => {
    const key = `${options.access ?? 'own'} ${await placeOf(options.folder)}`;
    const shared = take(key, options);
    shared.users += 1;
    try {
      return handleOn(await shared.bridge, () => leave(key, shared));
    } catch (error) {
      shared.users -= 1;
      if (opened.get(key) === shared) opened.delete(key);
      throw error;
    }
  };
}

/** One user's end of a shared store: what it listens to ends with it. */
function handleOn(bridge: StoreBridge, leave: () => Promise<void>): StoreBridge {
  const unsubscribe: (() => void)[] = [];
  let left: Promise<void> | null = null;
  return {
    call: bridge.call,
    subscribe: (channel, listener) => {
      const stop = bridge.subscribe(channel, listener);
      unsubscribe.push(stop);
      return stop;
    },
    close: () => {
      for (const stop of unsubscribe) stop();
      left ??= leave();
      return left;
    },
  };
}

/** The same for every way of writing a folder; a folder that is not there yet has one way only. */
async function placeOf(folder: string): Promise<string> {
  return realpath(folder).catch(() => resolve(folder));
}
