import { replyOf, WorkbenchError } from '#shared/errors';
import type { Bridge } from '#shared/ipc';
import { ConnectionLost } from './api/store-client.ts';
import { describeBy, type Backend, type OpenStoreOptions } from './host/backend.ts';
import { findBackend } from './host/find-backend.ts';
import { existingFolder } from './host/store-folder.ts';

/** A store as its contract: served in this process when it owns the store, by the owner's socket when another does. */
export interface StoreBridge extends Bridge {
  /** Flushes and gives the store up. */
  readonly close: () => Promise<void>;
}

type Listener = (payload: unknown) => void;

/** Owners that may die under one call before it is given up. */
const mostOwners = 10;

/**
 * Opens a store. When the process that owns it goes away, the next call makes this process its owner, or finds the
 * new one: calls that were not answered are asked again, which is safe because rows are known by their keys.
 */
export async function openStore(options: OpenStoreOptions): Promise<StoreBridge> {
  const folder = await existingFolder(options.folder, options);
  const listeners = new Map<string, Set<Listener>>();
  const emit = (channel: string, payload: unknown) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  };
  let isClosed = false;
  let backend: Promise<Backend> | undefined;
  let known = options;

  const connect = (): Promise<Backend> => {
    // A call that was under way must not open the store again.
    if (isClosed) return Promise.reject(new WorkbenchError('cancelled', 'The store was closed'));
    if (backend !== undefined) return backend;
    const onLost = () => {
      drop(found);
      // Events stop with the owner: look for the next one, or become it, without waiting for a call.
      if (!isClosed && listeners.size > 0)
        connect()
          .then(tellAnew)
          .catch(() => undefined);
    };
    const found = findBackend({ folder, options: known, emit, onLost });
    backend = found;
    found.catch(() => drop(found));
    return found;
  };
  const drop = (lost: Promise<Backend>) => {
    if (backend === lost) backend = undefined;
  };
  /** Who listens asks again what the store is: who answers may write to it now, or not any more. */
  const tellAnew = async ({ call }: Backend) => {
    const { sequence } = await describeBy(call);
    emit('store.changed', { sequence, changes: [] });
  };
  await connect();
  // A store that was moved away while it was open is missing: none is begun in its place.
  known = { ...options, create: false };

  return {
    async call(channel, args) {
      for (let attempt = 0; ; attempt += 1) {
        const asked = connect();
        try {
          return await (await asked).call(channel, args);
        } catch (error) {
          if (!(error instanceof ConnectionLost) || attempt >= mostOwners) return replyOf(error);
          // The call may hear of it before the connection's own listeners do.
          drop(asked);
        }
      }
    },
    subscribe(channel, listener) {
      const known = listeners.get(channel);
      if (known === undefined) listeners.set(channel, new Set([listener]));
      else known.add(listener);
      return () => void listeners.get(channel)?.delete(listener);
    },
    async close() {
      isClosed = true;
      const open = await backend?.catch(() => undefined);
      await open?.close();
    },
  };
}
