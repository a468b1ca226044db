import { replyOf, WorkbenchError } from '#shared/errors';
import { isZone } from '#shared/domain/zone-offsets';
import type { Caller } from '#shared/domain/job';
import type { StoreSummary } from '#shared/domain/store-summary';
import { channels, createClient, type Bridge } from '#shared/ipc';
import type { StoreDocument } from '#schemas/documents/store-document';
import { readdir, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { connectToOwner, ConnectionLost, type StoreConnection } from './api/store-client.ts';
import { serveStoreSocket, type StoreSocket } from './api/store-socket.ts';
import { foreignDocument } from './documents/foreign-document.ts';
import { createStoreFile, readStoreFile } from './documents/store-file.ts';
import { isForeignFolder } from './foreign-folder.ts';
import { dispatch } from './ipc/dispatch.ts';
import type { SchedulePace } from './jobs/schedules/schedules.ts';
import type { StartChild } from './platform/child.ts';
import { systemClock } from './platform/clock.ts';
import { codeOf } from './platform/fs.ts';
import { makeFolder } from './platform/make-folder.ts';
import { inspectOwnerLock, takeOwnerLock, type Owner } from './platform/owner-lock.ts';
import { diskError } from './storage/disk-error.ts';
import { lockFile, lockFolder, storeFile } from './storage/layout.ts';
import { createStoreHost, type StoreHost } from './store-host.ts';

export interface OpenStoreOptions {
  readonly folder: string;
  /** Makes an empty store where there is none; otherwise that is an error (`store-missing`). */
  readonly create: boolean;
  readonly startChild: StartChild;
  readonly appVersion: string;
  /** `read` never takes the store: it asks the owner if there is one, else reads what lies on disk. */
  readonly access?: 'own' | 'read';
  /** Told when the store is given up while rows are safe in the log alone, in one sentence. */
  readonly onBacklog?: (backlog: string) => void;
  /** IANA zone of times without an offset, for a folder that is no store but the data of another program. */
  readonly zone?: string;
  /** Runs the store's schedules while this process owns it. */
  readonly schedules?: SchedulePace;
  /** Who the calls come from; a window unless said otherwise. */
  readonly caller?: Caller;
}

/** A store as its contract: served in this process when it owns the store, by the owner's socket when another does. */
export interface StoreBridge extends Bridge {
  /** Flushes and gives the store up. */
  readonly close: () => Promise<void>;
}

type Listener = (payload: unknown) => void;

/** How the calls are answered just now. */
interface Backend {
  readonly call: (channel: string, args: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** What the owner of a store tells everybody. */
const storeEvents = channels.filter(
  ({ space, entry }) => entry.kind === 'event' && space !== 'window' && space !== 'workspace',
);

const patienceMs = 15_000;
/** Owners that may die under one call before it is given up. */
const mostOwners = 10;

/**
 * Opens a store. When the process that owns it goes away, the next call makes this process its owner, or finds the
 * new one: calls that were not answered are asked again, which is safe because rows are known by their keys.
 */
export async function openStore(options: OpenStoreOptions): Promise<StoreBridge> {
  const folder = await existingFolder(options);
  const listeners = new Map<string, Set<Listener>>();
  const emit = (channel: string, payload: unknown) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  };
  let isClosed = false;
  let backend: Promise<Backend> | undefined;

  const connect = (): Promise<Backend> => {
    // A call that was under way must not open the store again.
    if (isClosed) return Promise.reject(new WorkbenchError('cancelled', 'The store was closed'));
    if (backend !== undefined) return backend;
    const found = findBackend(folder, options, emit, () => {
      drop(found);
      // Events stop with the owner: look for the next one, or become it, without waiting for a call.
      if (!isClosed && listeners.size > 0)
        connect()
          .then(tellAnew)
          .catch(() => undefined);
    });
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

async function findBackend(
  folder: string,
  options: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
  onLost: () => void,
): Promise<Backend> {
  if (await isForeignFolder(folder)) return hostForeign(folder, options, emit, onLost);
  const document = await readOrCreate(folder, options);
  if (options.access === 'read') {
    const owner = await connectToOwner(folder, options.caller ?? 'window');
    return owner === null
      ? hostReader(folder, document, options, emit)
      : remote(owner, options, emit, onLost);
  }
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const lock = await takeOwnerLock(join(folder, ...lockFile.split('/'))).catch(refusalOf);
    if ('refused' in lock) {
      const owner = await connectToOwner(folder, options.caller ?? 'window');
      if (owner !== null) return remote(owner, options, emit, onLost);
      return hostFollower(folder, document, options, emit, readOnlyFolder(folder, lock.refused));
    }
    if (!('heldBy' in lock)) return hostOwner(folder, document, options, emit, lock.release, onLost);
    const owner = await connectToOwner(folder, options.caller ?? 'window');
    if (owner !== null) return remote(owner, options, emit, onLost);
    const isFar = lock.heldBy !== null && lock.heldBy.host !== hostname();
    // An owner that is starting or ending does not listen for a moment; one on another machine never does here.
    if (isFar) {
      const reason = `${ownedElsewhere(folder, lock.heldBy)}; it can be looked at, and nothing in it changed, until that ends`;
      return hostFollower(folder, document, options, emit, reason, onLost);
    }
    if (Date.now() > deadline) throw new WorkbenchError('store-owned', ownedElsewhere(folder, lock.heldBy));
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

function remote(
  owner: StoreConnection,
  { onBacklog }: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
  onLost: () => void,
): Backend {
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

function describeBy(call: Bridge['call']): Promise<StoreSummary> {
  return createClient({ call, subscribe: () => () => undefined }).store.describe({});
}

async function hostOwner(
  folder: string,
  document: StoreDocument,
  { startChild, appVersion, caller, onBacklog, schedules }: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
  release: () => Promise<void>,
  onLost: () => void,
): Promise<Backend> {
  interface Served {
    readonly host: StoreHost;
    readonly socket: StoreSocket;
  }

  async function serve(given: StoreDocument): Promise<Served> {
    const host = await createStoreHost({
      folder,
      document: given,
      access: 'owner',
      startChild,
      appVersion,
      onSettings: serveAnew,
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

  /** With other settings; the lock is kept, and who calls meanwhile waits. */
  function serveAnew(changed: StoreDocument): void {
    const before = served;
    served = before.then(async (old) => {
      await end(old);
      return serve(changed);
    });
    served.then(
      ({ host: { store } }) => emit('store.changed', { sequence: store.sequence, changes: [] }),
      () => release().then(onLost, onLost),
    );
  }

  let served = serve(document);
  try {
    await served;
  } catch (error) {
    await release();
    throw error;
  }
  return {
    async call(channel, args) {
      for (;;) {
        const asked = served;
        const { host } = await asked;
        const reply = await dispatch(host.handlers, channel, args, undefined, caller);
        // What was under way when the store was opened anew is asked again: rows are known by their keys.
        if (reply.ok || asked === served) return reply;
      }
    },
    close: async () => {
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

async function hostReader(
  folder: string,
  document: StoreDocument,
  { startChild, appVersion, caller }: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
): Promise<Backend> {
  // What a command checks or exports is to be found in the history, whoever owns the store next.
  const kept = { keepsHistory: true } as const;
  const host = await createStoreHost({ folder, document, access: 'reader', startChild, appVersion, ...kept });
  host.onEvent(emit);
  return {
    call: (channel, args) => dispatch(host.handlers, channel, args, undefined, caller),
    close: host.close,
  };
}

/**
 * A store that cannot be owned, as it is from moment to moment. With `onFree` it ends when the other owner does, so that
 * the next call makes this process the owner.
 */
async function hostFollower(
  folder: string,
  document: StoreDocument,
  { startChild, appVersion, caller }: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
  reason: string,
  onFree?: () => void,
): Promise<Backend> {
  const afterLook = async () => {
    if (onFree === undefined || (await inspectOwnerLock(join(folder, ...lockFile.split('/')))) === 'held')
      return;
    onFree();
    void host.close();
  };
  const followed = { reason, afterLook };
  const host = await createStoreHost({
    folder,
    document,
    access: 'reader',
    startChild,
    appVersion,
    followed,
  });
  host.onEvent(emit);
  return {
    call: (channel, args) => dispatch(host.handlers, channel, args, undefined, caller),
    close: host.close,
  };
}

/** Ends when the folder has become a store, so that the next call opens it as one. */
async function hostForeign(
  folder: string,
  { startChild, appVersion, zone, caller }: OpenStoreOptions,
  emit: (channel: string, payload: unknown) => void,
  onLost: () => void,
): Promise<Backend> {
  if (zone !== undefined && !isZone(zone)) {
    throw new WorkbenchError('argument-invalid', `zone: there is no time zone ${zone}`);
  }
  const document = foreignDocument(folder, zone);
  const onAdopted = () => {
    onLost();
    void host.close();
  };
  const foreign = { zone: document.settings.zone, onAdopted };
  const host = await createStoreHost({
    folder,
    document,
    access: 'reader',
    startChild,
    appVersion,
    foreign,
  });
  host.onEvent(emit);
  return {
    call: (channel, args) => dispatch(host.handlers, channel, args, undefined, caller),
    close: host.close,
  };
}

async function existingFolder({ folder, create }: OpenStoreOptions): Promise<string> {
  try {
    if (create) await makeFolder(folder);
    return await realpath(folder);
  } catch (error) {
    if (create) throw diskError(error);
    throw new WorkbenchError('store-missing', `There is no store at ${folder}`, { cause: error });
  }
}

async function readOrCreate(folder: string, { create }: OpenStoreOptions): Promise<StoreDocument> {
  const document = await readStoreFile(folder);
  if (document !== null) return document;
  if (!create) throw new WorkbenchError('store-missing', `${folder} is not a store: it has no store.json`);
  if (!(await isUnused(folder))) {
    throw new WorkbenchError(
      'store-missing',
      `${folder} is not a store, and holds other files: a store begins in a folder of its own`,
    );
  }
  return createStoreFile(folder, systemClock()).catch((error: unknown) => {
    throw diskError(error);
  });
}

/** What systems leave in any folder does not count, nor does what another process has begun here meanwhile. */
async function isUnused(folder: string): Promise<boolean> {
  const names = await readdir(folder);
  return names.includes(storeFile) || names.every((name) => name.startsWith('.') || name === lockFolder);
}

function ownedElsewhere(folder: string, owner: Owner | null): string {
  const who = owner === null ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  return `${folder} is owned by ${who}, which cannot be reached from here`;
}

/** That nothing may be written where the lock is; any other failure is thrown. */
function refusalOf(error: unknown): { readonly refused: string } {
  const code = codeOf(error);
  if (['EROFS', 'EACCES', 'EPERM'].includes(code)) return { refused: code };
  throw diskError(error);
}

function readOnlyFolder(folder: string, code: string): string {
  const why = code === 'EROFS' ? 'lies on a read-only file system' : 'may not be written to by this user';
  return `${folder} ${why}: it can be looked at, and nothing in it changed`;
}
