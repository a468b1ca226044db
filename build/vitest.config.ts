import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { thirdParty } from './third-party.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Kinds of test that run in plain Node; each is a folder of test/. Contract tests start the built programs. Unit and
 * component tests keep nothing between them, so that many files can share one process: loading the modules anew took most
 * of their time.
 */
const nodeKinds = [
  { name: 'unit', testTimeout: 10_000, isolate: false },
  { name: 'contract', testTimeout: 30_000, globalSetup: ['test/helpers/built.ts'] },
  { name: 'crash', testTimeout: 240_000 },
];

export default defineConfig({
  root,
  test: {
    pool: 'forks',
    // Most of the time goes into programs that tests start and wait for: one fewer than there are cores leaves cores idle.
    maxWorkers: availableParallelism(),
    passWithNoTests: true,
    restoreMocks: true,
    // What comes in the end may take its time on a slow machine; whoever waits goes on as soon as it is there.
    expect: { poll: { timeout: 8_000 } },
    projects: [
      ...nodeKinds.map((kind) => ({
        extends: true as const,
        test: { ...kind, environment: 'node', include: [`test/${kind.name}/**/*.test.ts`] },
      })),
      {
        extends: true as const,
        define: { thirdPartyPackages: JSON.stringify(thirdParty()) },
        test: {
          name: 'component',
          environment: 'jsdom',
          isolate: false,
          testTimeout: 20_000,
          setupFiles: ['test/helpers/patient-queries.ts'],
          include: ['test/component/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
