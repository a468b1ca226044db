import { WorkbenchError } from '#shared/errors';
import { createClient, type Bridge, type Client } from '#shared/ipc';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OpenStoreOptions } from '../host/backend.ts';
import { openStore, type StoreBridge } from '../open-store.ts';
import { forkFrom } from '../platform/fork-child.ts';
import { takeStep, unlessStopped, type Step } from './take-step.ts';
import { waitingLine } from './terminal-line.ts';
import { appVersion } from './version.ts';

/** How a command opens its store; `create` begins one where there is none. */
export type Access = NonNullable<OpenStoreOptions['access']> | 'create';

export interface WithStoreOptions {
  /** IANA zone of times without an offset, for a folder that is no store. */
  readonly zone?: string | undefined;
  /** What a terminal is told when it takes a while. */
  readonly doing?: string;
}

/**
 * Opens a store for one command: in this process, or through the one that owns it already. Ctrl-C gives the store up
 * in order and ends the command; `act` may say how far it is.
 */
export async function withStore<T>(
  folder: string,
  access: Access,
  act: (client: Client, step: Step) => Promise<T>,
  { zone, doing = access === 'read' ? 'Reading the store' : 'Working in the store' }: WithStoreOptions = {},
): Promise<T> {
  return withBridge(
    folder,
    access,
    (bridge) => takeStep(doing, (step) => unlessStopped(act(createClient(bridge), step), step.signal)),
    zone === undefined ? {} : { zone },
  );
}

/**
 * The same for a command that only asks what would come to be. Where there is no store yet it asks an empty one that is
 * gone afterwards, and the folder stays as it was.
 */
export async function withStoreOrNone<T>(
  folder: string,
  act: (client: Client, step: Step) => Promise<T>,
  options: WithStoreOptions = {},
): Promise<T> {
  const names = await readdir(folder).catch(() => []);
  if (names.length > 0) return withStore(folder, 'read', act, options);
  const scratch = await mkdtemp(join(tmpdir(), 'tapedeck-none-'));
  try {
    return await withStore(scratch, 'create', act, options);
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
  const bridge = await openFor(folder, access, options);
  try {
    return await act(bridge);
  } finally {
    const line = waitingLine('Closing the store');
    await bridge.close().finally(line.end);
  }
}

async function openFor(
  folder: string,
  access: Access,
  options: Pick<OpenStoreOptions, 'zone' | 'schedules'>,
): Promise<StoreBridge> {
  const startChild = forkFrom(programFolder());
  return takeStep('Opening the store', async ({ signal }) => {
    const bridge = await openStore({
      folder,
      create: access === 'create',
      startChild,
      appVersion: appVersion(),
      caller: 'cli',
      onDamage: (damage) => void process.stderr.write(`${damage}\n`),
      access: access === 'create' ? 'own' : access,
      ...(access === 'read' ? {} : { onBacklog: (backlog) => void process.stderr.write(`${backlog}\n`) }),
      ...options,
    });
    if (!signal.aborted) return bridge;
    await bridge.close();
    throw new WorkbenchError('cancelled', 'Stopped');
  });
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
