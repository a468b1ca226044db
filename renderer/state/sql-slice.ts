import type { Client } from '#shared/ipc';
import { savedQueries } from './sql/saved-queries.ts';
import { shownRuns } from './sql/shown-runs.ts';
import { sqlResults } from './sql/sql-results.ts';
import { sqlRuns } from './sql/sql-runs.ts';
import { newSql, type SqlSlice } from './sql/sql-state.ts';
import { sqlTabs } from './sql/sql-tabs.ts';

/**
 * Begins with one tab and nothing run. What fails is shown in its tab, or answered; `exportRows` alone throws a
 * `WorkbenchError`: `result-gone` while there is no result, else main's. Closing a tab frees its result in main.
 */
export function sqlSlice(
  client: Client,
  set: (change: Partial<SqlSlice>) => void,
  get: () => SqlSlice,
): SqlSlice {
  /** Tells this window's tabs from those of others on the same store. */
  const owner = crypto.randomUUID();
  const parts = { client, set, get, nameOf: (tab: string) => `${owner}:${tab}` };
  const runs = shownRuns(parts);
  return {
    ...newSql,
    runs: {},
    schema: { phase: 'idle' },
    saved: { phase: 'idle' },
    line: null,
    noteRestored: (saved) => set(saved),
    ...sqlTabs(parts),
    ...sqlRuns(parts, runs),
    ...sqlResults(parts, runs),
    ...savedQueries(parts),
  };
}
