import { channels } from '#shared/ipc';
import type { StoreConnection } from '../api/store-client.ts';
import { describeBy, type Backend, type BackendParts } from './backend.ts';

/** What the owner of a store tells everybody. */
const storeEvents = channels.filter(
  ({ space, entry }) => entry.kind === 'event' && space !== 'window' && space !== 'workspace',
);

/** The process that owns the store, over its socket. */
export function remoteBackend(owner: StoreConnection, { options, emit, onLost }: BackendParts): Backend {
  const { onBacklog } = options;
  owner.onLost(onLost);
  for (const { channel } of storeEvents) owner.subscribe(channel, (payload) => emit(channel, payload));
  return {
    call: owner.call,
    close: async () => {
      try {
        if (onBacklog === undefined) return;
        const { backlog } = await describeBy(owner.call);
        if (backlog !== null) onBacklog(backlog);
      } catch {
        // An owner that has gone has told of it itself.
      } finally {
        owner.close();
      }
    },
  };
}
