import { isZone } from '#shared/domain/zone-offsets';
import { WorkbenchError } from '#shared/errors';
import type { StoreDocument } from '#schemas/documents/store-document';
import { join } from 'node:path';
import { foreignDocument } from '../documents/foreign-document.ts';
import { dispatch } from '../ipc/dispatch.ts';
import { inspectOwnerLock } from '../platform/owner-lock.ts';
import { lockFile } from '../storage/layout.ts';
import { createStoreHost } from '../store-host.ts';
import type { Backend, BackendParts } from './backend.ts';
import type { HostOptions } from './host-options.ts';

/** A store as it is when it is opened, for a command that only reads. */
export function readerBackend(parts: BackendParts, document: StoreDocument): Promise<Backend> {
  // What a command checks or exports is to be found in the history, whoever owns the store next.
  return reading(parts, document, { keepsHistory: true });
}

/**
 * A store that cannot be owned, as it is from moment to moment. With `onFree` it ends when the other owner does, so that
 * the next call makes this process the owner.
 */
export async function followerBackend(
  parts: BackendParts,
  document: StoreDocument,
  reason: string,
  onFree?: () => void,
): Promise<Backend> {
  const lock = join(parts.folder, ...lockFile.split('/'));
  const afterLook = async () => {
    if (onFree === undefined || (await inspectOwnerLock(lock)) === 'held') return;
    onFree();
    void backend.close();
  };
  const backend = await reading(parts, document, { followed: { reason, afterLook } });
  return backend;
}

/** The data of another program. Ends when the folder has become a store, so that the next call opens it as one. */
export async function foreignBackend(parts: BackendParts): Promise<Backend> {
  const { zone } = parts.options;
  if (zone !== undefined && !isZone(zone)) {
    throw new WorkbenchError('argument-invalid', `zone: there is no time zone ${zone}`);
  }
  const document = foreignDocument(parts.folder, zone);
  const onAdopted = () => {
    parts.onLost();
    void backend.close();
  };
  const foreign = { zone: document.settings.zone, onAdopted };
  const backend = await reading(parts, document, { foreign });
  return backend;
}

async function reading(
  { folder, options, emit }: BackendParts,
  document: StoreDocument,
  how: Pick<HostOptions, 'keepsHistory' | 'followed' | 'foreign'>,
): Promise<Backend> {
  const { startChild, appVersion, caller, onDamage } = options;
  const host = await createStoreHost({
    ...{ folder, document, access: 'reader', startChild, appVersion, onDamage },
    ...how,
  });
  host.onEvent(emit);
  return {
    call: (channel, args) => dispatch(host.handlers, channel, args, undefined, caller),
    close: host.close,
  };
}
