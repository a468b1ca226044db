import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchFolders } from '../bench.ts';

export interface BenchWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Resident memory of the main process, MB. */
  readonly memoryMb: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const megabyte = 1_048_576;

/** How Electron is started on this machine; `npm run bench` says so. */
export function electron(): { readonly executable: string; readonly switches: readonly string[] } {
  const executable = process.env['TAPEDECK_ELECTRON'];
  if (executable === undefined) throw new Error('Start the benches by npm run bench');
  return { executable, switches: (process.env['TAPEDECK_SWITCHES'] ?? '').split(' ').filter(Boolean) };
}

/** Opens the real program on a store, and waits for its chart. */
export async function openWindow(
  { scratch }: BenchFolders,
  store: string,
  ...args: readonly string[]
): Promise<BenchWindow> {
  const profile = join(scratch, `profile-${Date.now()}`);
  await mkdir(profile, { recursive: true });
  const { executable, switches } = electron();
  const app = await _electron.launch({
    executablePath: executable,
    args: [
      ...switches,
      `--user-data-dir=${profile}`,
      '--force-device-scale-factor=1',
      '--lang=en-US',
      process.cwd(),
      '--store',
      store,
      ...args,
    ],
    chromiumSandbox: true,
    timeout: 60_000,
  });
  const page = await app.firstWindow({ timeout: 60_000 });
  await page.getByLabel('Legend').getByText(/\d/).first().waitFor({ timeout: 60_000 });
  return {
    app,
    page,
    memoryMb: async () => (await app.evaluate(() => process.memoryUsage().rss)) / megabyte,
    close: () => app.close(),
  };
}
