import { WorkbenchError } from '#shared/errors';
import { createClient, type Bridge, type Client } from '#shared/ipc';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenStoreOptions } from '../host/backend.ts';
import { openStore } from '../open-store.ts';
import { forkFrom } from '../platform/fork-child.ts';
import { appVersion } from './version.ts';

/** How a command opens its store; `create` begins one where there is none. */
export type Access = NonNullable<OpenStoreOptions['access']> | 'create';

/** Opens a store for one command: in this process, or through the one that owns it already. */
export async function withStore<T>(
  folder: string,
  access: Access,
  act: (client: Client) => Promise<T>,
  zone?: string,
): Promise<T> {
  return withBridge(
    folder,
    access,
    (bridge) => act(createClient(bridge)),
    zone === undefined ? {} : { zone },
  );
}

/**
 * The same for a command that only asks what would come to be. Where there is no store yet it asks an empty one that is
 * gone afterwards, and the folder stays as it was.
 */
export async function withStoreOrNone<T>(folder: string, act: (client: Client) => Promise<T>): Promise<T> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) return withStore(folder, 'read', act);
  const scratch = await mkdtemp(join(tmpdir(), 'tapedeck-none-'));
  try {
    return await withStore(scratch, 'create', act);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** As `withStore`, for a command that follows events or runs schedules. The store is given up when `act` ends. */
export async function withBridge<T>(
  folder: string,
  access: Access,
  act: (bridge: Bridge) => Promise<T>,
  options: Pick<OpenStoreOptions, 'zone' | 'schedules'> = {},
): Promise<T> {
  const startChild = forkFrom(programFolder());
  const bridge = await openStore({
    folder,
    create: access === 'create',
    startChild,
    appVersion: appVersion(),
    caller: 'cli',
    access: access === 'create' ? 'own' : access,
    ...(access === 'read' ? {} : { onBacklog: (backlog) => void process.stderr.write(`${backlog}\n`) }),
    ...options,
  });
  try {
    return await act(bridge);
  } finally {
    await bridge.close();
  }
}

/** Where the built programs lie: beside this one, or in the build folder when run from the sources. */
export function programFolder(): string {
  for (
    let folder = dirname(fileURLToPath(import.meta.url));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    if (existsSync(join(folder, 'compactor.cjs'))) return folder;
    const built = join(folder, 'build', 'out', 'main');
    if (existsSync(join(built, 'compactor.cjs'))) return built;
  }
  throw new WorkbenchError('unexpected', 'compactor.cjs is missing from the installation: run npm run build');
}
