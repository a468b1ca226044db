import type { StoreDocument } from '#schemas/documents/store-document';
import { ConnectionLost } from '../api/store-client.ts';
import { serveStoreSocket, type StoreSocket } from '../api/store-socket.ts';
import { dispatch } from '../ipc/dispatch.ts';
import type { OwnerLock } from '../platform/owner-lock.ts';
import { diskError } from '../storage/disk-error.ts';
import { createStoreHost, type StoreHost } from '../store-host.ts';
import type { Backend, BackendParts } from './backend.ts';
import { createOwnership, type Ownership } from './ownership.ts';

interface Served {
  readonly host: StoreHost;
  readonly socket: StoreSocket;
}

/**
 * This process, which has the lock of the store, for itself and for all that connect. Gives the lock back in the end.
 * Where the lock is taken from it, it writes nothing more, and whoever asks is left to the next owner.
 */
export async function ownerBackend(
  parts: BackendParts,
  document: StoreDocument,
  lock: OwnerLock,
): Promise<Backend> {
  const { caller, onBacklog } = parts.options;
  const { release } = lock;
  const ownership = createOwnership(lock, parts.folder);
  let givenUp: Promise<void> | undefined;
  const serveWith = (given: StoreDocument) => serve(parts, given, ownership, serveAnew);

  async function giveUp(): Promise<void> {
    const last = await served.catch(() => null);
    last?.socket.takeNoMore();
    if (last !== null) await end(last).catch(() => undefined);
    await release().catch(() => undefined);
  }

  /** With other settings; the lock is kept, and who calls meanwhile waits. */
  function serveAnew(changed: StoreDocument): void {
    const before = served;
    served = before.then(async (old) => {
      await end(old);
      return serveWith(changed);
    });
    served.then(
      ({ host: { store } }) => parts.emit('store.changed', { sequence: store.sequence, changes: [] }),
      () => release().then(parts.onLost, parts.onLost),
    );
  }

  let served = serveWith(document);
  ownership.onLost(() => {
    givenUp = giveUp();
    void givenUp.then(parts.onLost);
  });
  try {
    await served;
  } catch (error) {
    await release();
    throw error;
  }
  return {
    async call(channel, args) {
      for (;;) {
        if (givenUp !== undefined) {
          await givenUp;
          throw new ConnectionLost('The store was taken from its owner');
        }
        const asked = served;
        const { host } = await asked;
        const reply = await dispatch(host.handlers, channel, args, undefined, caller);
        // What was under way when the store was opened anew is asked again: rows are known by their keys.
        if (reply.ok || (asked === served && !ownership.isLost())) return reply;
      }
    },
    close: async () => {
      if (givenUp !== undefined) return givenUp;
      try {
        const last = await served;
        await end(last);
        const { backlog } = last.host.store;
        if (backlog !== null) onBacklog?.(backlog);
      } finally {
        await release();
      }
    },
  };
}

async function serve(
  { folder, options, emit }: BackendParts,
  document: StoreDocument,
  ownership: Ownership,
  onSettings: (changed: StoreDocument) => void,
): Promise<Served> {
  const { startChild, appVersion, schedules, onDamage } = options;
  const host = await createStoreHost({
    folder,
    document,
    access: 'owner',
    ownership,
    startChild,
    appVersion,
    onSettings,
    onDamage,
    ...(schedules === undefined ? {} : { schedules }),
  });
  const socket = await serveStoreSocket(folder, host.handlers).catch(async (error: unknown) => {
    // Before the lock is given up: an open store goes on writing.
    await host.close();
    throw diskError(error);
  });
  host.onEvent((channel, payload) => {
    emit(channel, payload);
    socket.send(channel, payload);
  });
  return { host, socket };
}

async function end({ host, socket }: Served): Promise<void> {
  socket.takeNoMore();
  // Calls that wait for a job are answered, so that the socket need not wait for the job.
  await host.stopJobs();
  await socket.close();
  await host.close();
}
