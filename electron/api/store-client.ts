import type { Caller } from '#shared/domain/job';
import { lstat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { encodeFrame, readFrames, type Frame } from './frames.ts';
import { throughFolder } from './socket-door.ts';
import { socketPathsOf } from './store-socket.ts';

/** A connection to the process that owns a store. */
export interface StoreConnection {
  /** Rejects with `ConnectionLost` when the owner goes away before it answers. */
  readonly call: (channel: string, args: unknown) => Promise<unknown>;
  readonly subscribe: (channel: string, listener: (payload: unknown) => void) => () => void;
  readonly onLost: (listener: () => void) => void;
  readonly close: () => void;
}

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** Null when nobody listens there. */
export async function connectToOwner(folder: string, caller: Caller): Promise<StoreConnection | null> {
  for (const path of socketPathsOf(folder)) {
    if (dirname(path) === tmpdir() && !(await isOwn(path))) continue;
    const socket = await throughFolder(path, dial).catch(() => null);
    if (socket !== null) return connectionOver(socket, caller);
  }
  return null;
}

/** Among temporary files anybody may listen, and no one else's answers are to be believed. */
async function isOwn(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).uid === process.getuid?.();
  } catch {
    return false;
  }
}

function connectionOver(socket: Socket, caller: Caller): StoreConnection {
  let nextId = 1;
  let isClosed = false;
  const waiting = new Map<number, { resolve: (reply: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const onLost: (() => void)[] = [];

  readFrames(socket, (frame: Frame) => {
    if (frame.kind === 'reply') {
      waiting.get(frame.id)?.resolve(frame.reply);
      waiting.delete(frame.id);
    } else if (frame.kind === 'event') {
      for (const listener of listeners.get(frame.channel) ?? []) listener(frame.payload);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new ConnectionLost('The owner of the store went away'));
    waiting.clear();
    if (!isClosed) for (const listener of onLost) listener();
  });

  return {
    call: (channel, args) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed || socket.writableEnded) {
          reject(new ConnectionLost('The owner of the store went away'));
          return;
        }
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        socket.write(encodeFrame({ kind: 'call', id, channel, args, caller }));
      }),
    subscribe(channel, listener) {
      const known = listeners.get(channel);
      if (known === undefined) {
        listeners.set(channel, new Set([listener]));
        socket.write(encodeFrame({ kind: 'subscribe', channel }));
      } else known.add(listener);
      return () => void listeners.get(channel)?.delete(listener);
    },
    onLost: (listener) => void onLost.push(listener),
    close() {
      isClosed = true;
      socket.end();
    },
  };
}

function dial(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
    const fail = () => {
      socket.destroy();
      resolve(null);
    };
    socket.once('error', fail);
  });
}
