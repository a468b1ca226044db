import { defineConfig } from '@playwright/test';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const test = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test');

/** Tests that open the window. `npm test` prepares Electron and a display and tells them where these are. */
export default defineConfig({
  testDir: join(test, 'e2e'),
  globalSetup: join(test, 'helpers', 'demo-store.ts'),
  outputDir: join(test, 'results', 'e2e'),
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['list'], ['json', { outputFile: join(test, 'results', 'playwright.json') }]],
});
