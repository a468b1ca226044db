import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that are run for hours rather than with every change: `npm run soak`. */
export default defineConfig({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  test: {
    pool: 'forks',
    environment: 'node',
    include: ['test/crash/soak/*.soak.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
