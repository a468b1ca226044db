import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { thirdParty } from './third-party.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The longest file begins first and the shortest kinds end, so that no processor waits for the other at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kinds = ['crash', 'contract', 'component', 'unit'];
    const rank = ({ moduleId, project }: TestSpecification) =>
      moduleId.endsWith('/crash/failures.test.ts') ? -1 : kinds.indexOf(project.name);
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/**
 * Kinds of test that run in plain Node; each is a folder of test/. Contract tests start the built programs. No test leaves
 * anything behind in its modules, so that many files can share one process: to load the modules anew takes a second each.
 */
const nodeKinds = [
  { name: 'unit', testTimeout: 10_000, isolate: false },
  { name: 'contract', testTimeout: 30_000, isolate: false, globalSetup: ['test/helpers/built.ts'] },
  { name: 'crash', testTimeout: 240_000, isolate: false },
];

export default defineConfig({
  root,
  test: {
    pool: 'forks',
    // Most of the time goes into programs that tests start and wait for: one fewer than there are cores leaves cores idle.
    maxWorkers: availableParallelism(),
    passWithNoTests: true,
    restoreMocks: true,
    sequence: { sequencer: LongestFirst },
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
