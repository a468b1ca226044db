import { callers } from '#shared/domain/job';
import type { Reply } from '#shared/errors';
import { channels } from '#shared/ipc';
import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { tmpdir } from 'node:os';
import { dispatch } from '../ipc/dispatch.ts';
import type { StoreHandlers } from '../ipc/handlers.ts';
import { encodeFrame, readFrames, type Frame } from './frames.ts';
import { openDoor, openPipe, type Door } from './socket-door.ts';

/** Longest path that a Unix socket may have, on the strictest of the systems. Linux has a way around it. */
const longestSocketPath = 100;

/**
 * Where the owner of a store may listen, best first: in the store's own folder, or among temporary files where the system
 * takes no path that is so long, or the file system knows no sockets, as on shares and sticks.
 */
export function socketPathsOf(folder: string): readonly string[] {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return [`\\\\.\\pipe\\tapedeck-${digest}`];
  const inStore = join(resolve(folder), '_locks', 'owner.sock');
  const elsewhere = join(tmpdir(), `tapedeck-${process.getuid?.() ?? 0}-${digest}.sock`);
  const isShort = process.platform === 'linux' || inStore.length <= longestSocketPath;
  return isShort ? [inStore, elsewhere] : [elsewhere];
}

export interface StoreSocket {
  /** Sends an event to every process that asked for it. */
  readonly send: (channel: string, payload: unknown) => void;
  /** From now on calls are left to the next owner: they are not answered, and their clients ask again when this one ends. */
  readonly takeNoMore: () => void;
  /** Stops listening, lets calls that are under way finish, then closes. */
  readonly close: () => Promise<void>;
}

/** Answers other processes of the same user on the store's socket, with the window's own contract. */
export async function serveStoreSocket(folder: string, handlers: StoreHandlers): Promise<StoreSocket> {
  const clients = new Map<Socket, Set<string>>();
  const underWay = new Set<Promise<void>>();
  const state = { isClosing: false };
  const serveOne = (socket: Socket) => {
    clients.set(socket, new Set());
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    serveClient(socket, handlers, clients.get(socket) ?? new Set(), underWay, state);
  };
  const door = await openFirst(socketPathsOf(folder), serveOne);
  return {
    send(channel, payload) {
      const frame = encodeFrame({ kind: 'event', channel, payload });
      for (const [socket, wanted] of clients) if (wanted.has(channel)) socket.write(frame);
    },
    takeNoMore() {
      state.isClosing = true;
    },
    async close() {
      state.isClosing = true;
      await door.close();
      await Promise.allSettled(underWay);
      for (const socket of clients.keys()) socket.end();
    },
  };
}

/** Throws what the first place failed with where none of them takes a socket. */
async function openFirst(paths: readonly string[], onSocket: (socket: Socket) => void): Promise<Door> {
  const open = process.platform === 'win32' ? openPipe : openDoor;
  let failure: unknown;
  for (const path of paths) {
    try {
      return await open(path, onSocket);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

function serveClient(
  socket: Socket,
  handlers: StoreHandlers,
  subscriptions: Set<string>,
  underWay: Set<Promise<void>>,
  state: { readonly isClosing: boolean },
): void {
  const calls = new Map<number, AbortController>();
  socket.on('close', () => {
    for (const call of calls.values()) call.abort();
  });
  readFrames(socket, (frame: Frame) => {
    switch (frame.kind) {
      case 'call': {
        // Not answered: the connection is about to end, and its client asks the next owner.
        if (state.isClosing) break;
        const call = new AbortController();
        calls.set(frame.id, call);
        const answered = answer(socket, handlers, frame, call.signal, state).finally(() => {
          calls.delete(frame.id);
          underWay.delete(answered);
        });
        underWay.add(answered);
        break;
      }
      case 'cancel':
        calls.get(frame.id)?.abort();
        break;
      case 'subscribe':
        if (channels.some(({ channel, entry }) => channel === frame.channel && entry.kind === 'event')) {
          subscriptions.add(frame.channel);
        }
        break;
      case 'reply':
      case 'event':
        throw new Error('Only the owner of a store sends replies and events');
    }
  });
}

async function answer(
  socket: Socket,
  handlers: StoreHandlers,
  { id, channel, args, caller }: Extract<Frame, { kind: 'call' }>,
  signal: AbortSignal,
  state: { readonly isClosing: boolean },
): Promise<void> {
  const known = callers.find((each) => each === caller) ?? 'api';
  const reply = await dispatch(handlers, channel, args, signal, known);
  // What this owner no longer does because it ends, the next one may.
  if (state.isClosing && isCancelled(reply)) return;
  if (!socket.destroyed) socket.write(encodeFrame({ kind: 'reply', id, reply }));
}

function isCancelled(reply: Reply<unknown>): boolean {
  return !reply.ok && (reply.code === 'cancelled' || reply.code === 'store-owned');
}
