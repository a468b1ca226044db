import { chmod, lstat, open, rename, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { basename, dirname, join } from 'node:path';

/** Where others knock. */
export interface Door {
  /** Nobody new comes in; who is in stays. */
  readonly close: () => Promise<void>;
}

/** How soon a socket that somebody removed is there again. */
const lookMs = 250;

/** A named pipe of Windows, which goes with its process. */
export async function openPipe(path: string, onSocket: (socket: Socket) => void): Promise<Door> {
  const server = await listen(path, onSocket);
  return {
    close() {
      server.close();
      return Promise.resolve();
    },
  };
}

/**
 * A Unix socket at `path`, readable by the user alone. It takes the place of what an owner left that was killed, is made
 * anew when it is removed, and in the end only removed where it has not become another owner's.
 */
export async function openDoor(path: string, onSocket: (socket: Socket) => void): Promise<Door> {
  let opened = await place(path, onSocket);
  let isClosed = false;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    if ((await inodeOf(path)) !== null || isClosed) return;
    const before = opened.server;
    opened = await place(path, onSocket);
    before.close();
  }

  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => undefined);
  }, lookMs);
  timer.unref();
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await looking;
      opened.server.close();
      if ((await inodeOf(path)) === opened.inode) await rm(path, { force: true });
    },
  };
}

/**
 * Listens under a name of its own that is then renamed: closing a server removes whatever has the name that it was given,
 * and by then that may be the socket of the next owner.
 */
async function place(path: string, onSocket: (socket: Socket) => void) {
  const draft = join(dirname(path), `.${basename(path)}`);
  await rm(draft, { force: true });
  const server = await throughFolder(draft, (short) => listen(short, onSocket));
  try {
    await chmod(draft, 0o600);
    await rename(draft, path);
  } catch (error) {
    server.close();
    throw error;
  }
  return { server, inode: await inodeOf(path) };
}

/**
 * Does something with a name for a socket that is short enough for any system: on Linux through an open handle of its
 * folder. Folders for temporary files, the usual way out, are not the same for all programs.
 */
export async function throughFolder<T>(path: string, act: (short: string) => Promise<T>): Promise<T> {
  if (process.platform !== 'linux') return act(path);
  const folder = await open(dirname(path));
  try {
    return await act(`/proc/self/fd/${folder.fd}/${basename(path)}`);
  } finally {
    await folder.close();
  }
}

/** Null where there is none. */
async function inodeOf(path: string): Promise<bigint | null> {
  try {
    return (await lstat(path, { bigint: true })).ino;
  } catch {
    return null;
  }
}

function listen(path: string, onSocket: (socket: Socket) => void): Promise<Server> {
  const server = createServer(onSocket);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
