import { WorkbenchError } from '#shared/errors';
import {
  sqlLimits,
  type ColumnStatistics,
  type SqlAnswer,
  type SqlSchema,
  type SqlSort,
  type WrittenResult,
} from '#shared/domain/sql';
import type { SqlPage } from '#shared/domain/sql-page';
import { datasets } from '#schemas/index';
import { tableSchemas } from '../../engine/user-sql/store-tables.ts';
import type { StartChild } from '../../platform/child.ts';
import type { Series } from '../series.ts';
import { startSqlProcess, type SqlProcess } from './sql-process.ts';
import { writeResult, type ResultFileRequest } from './write-result.ts';
import { takeSnapshot, type SnapshotParts } from './take-snapshot.ts';

export interface UserQueryRequest {
  /** Of the tab: its next query takes the place of this one. */
  readonly tab: string;
  readonly text: string;
  readonly maxRows?: number | undefined;
  readonly timeoutMs?: number | undefined;
}

/** The user's own SQL over the store, each tab in a process of its own. */
export interface UserQueries {
  readonly run: (request: UserQueryRequest, signal: AbortSignal) => Promise<SqlAnswer>;
  readonly page: (result: string, from: number, rows: number, sort: SqlSort | null) => Promise<SqlPage>;
  readonly statistics: (result: string, column: number) => Promise<ColumnStatistics>;
  /** Writes the rows of a result to a file, whole or not at all. */
  readonly write: (result: string, request: ResultFileRequest) => Promise<WrittenResult>;
  readonly cancel: (tab: string) => void;
  /** Lets go of a tab's result and process. */
  readonly release: (tab: string) => void;
  readonly schema: () => Promise<SqlSchema>;
  readonly close: () => void;
}

interface Tab {
  process: SqlProcess;
  result: string | null;
  running: AbortController | null;
}

/** Results that are kept at once; each may take some gigabytes of memory and disk. */
const mostTabs = 4;
const firstPageRows = 500;

/** Keeps the results of a few tabs, and lets go of the one used longest ago: then its rows throw `result-gone`. */
export function createUserQueries(parts: SnapshotParts, series: Series, startChild: StartChild): UserQueries {
  // In the order of their last use.
  const tabs = new Map<string, Tab>();
  let results = 0;
  let functions: Promise<readonly string[]> | undefined;
  /** Started for the names of functions, and ready for the next tab. */
  let spare: SqlProcess | null = null;

  function tabOf(name: string): Tab {
    const known = tabs.get(name);
    tabs.delete(name);
    const isUsable = known !== undefined && known.process.isAlive() && !known.process.isStopping();
    if (known !== undefined && !isUsable) known.process.close();
    const tab = isUsable ? known : { process: takeProcess(), result: null, running: null };
    tabs.set(name, tab);
    for (const [other, { running }] of tabs) {
      if (tabs.size <= mostTabs) break;
      if (running === null && other !== name) release(other);
    }
    return tab;
  }

  function takeProcess(): SqlProcess {
    const ready = spare?.isAlive() === true ? spare : startSqlProcess(startChild);
    spare = null;
    return ready;
  }

  function release(name: string): void {
    const tab = tabs.get(name);
    tabs.delete(name);
    tab?.running?.abort();
    tab?.process.close();
  }

  function processOf(result: string): SqlProcess {
    const found = [...tabs.values()].find((tab) => tab.result === result);
    if (found === undefined || !found.process.isAlive()) {
      throw new WorkbenchError('result-gone', 'Run the query again to see its rows');
    }
    return found.process;
  }

  async function runOnce(
    { process }: Tab,
    { text, maxRows = sqlLimits.usualRows, timeoutMs = sqlLimits.usualTimeMs }: UserQueryRequest,
    signal: AbortSignal,
  ): Promise<Omit<SqlAnswer, 'result' | 'elapsedMs'>> {
    const unpin = parts.store.pin();
    try {
      const snapshot = takeSnapshot(parts);
      const request = { snapshot, text, maxRows, pageRows: firstPageRows };
      const answer = await process.run(request, timeoutMs, signal);
      const setAside = datasets.flatMap(({ name }) =>
        parts.store.catalog.unreadable(name, { from: -Infinity, until: Infinity }),
      );
      return { ...answer, leftOut: [...setAside, ...answer.leftOut], maxRows };
    } finally {
      unpin();
    }
  }

  /** A reader may hear of a compaction only by files that are gone. */
  async function runCurrent(tab: Tab, request: UserQueryRequest, signal: AbortSignal) {
    await parts.store.refresh();
    const answer = await runOnce(tab, request, signal);
    if (answer.leftOut.length === 0 || parts.store.access === 'owner') return answer;
    await parts.store.refresh();
    return runOnce(tab, request, signal);
  }

  return {
    async run(request, signal) {
      const began = performance.now();
      tabs.get(request.tab)?.running?.abort();
      const tab = tabOf(request.tab);
      // Before anything is waited for, so that a cancel that comes at once finds it.
      const running = new AbortController();
      tab.running = running;
      const abort = () => running.abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        const answer = await runCurrent(tab, request, running.signal);
        results += 1;
        tab.result = `${request.tab}:${results}`;
        return { ...answer, result: tab.result, elapsedMs: Math.round(performance.now() - began) };
      } finally {
        signal.removeEventListener('abort', abort);
        if (tab.running === running) tab.running = null;
      }
    },
    page: async (result, from, rows, sort) => processOf(result).page(from, rows, sort),
    statistics: async (result, column) => processOf(result).statistics(column),
    write: async (result, request) => writeResult(processOf(result), parts.root, request),
    cancel: (name) => tabs.get(name)?.running?.abort(),
    release,
    async schema() {
      if (functions === undefined) {
        spare ??= startSqlProcess(startChild);
        functions = spare.functions();
        functions.catch(() => (functions = undefined));
      }
      const listed = series.list();
      return {
        tables: tableSchemas(),
        functions: await functions,
        symbols: listed.map(({ symbol }) => symbol),
        timeframes: [
          ...new Set(listed.flatMap(({ timeframes }) => timeframes.map((each) => each.timeframe))),
        ],
      };
    },
    close() {
      for (const name of [...tabs.keys()]) release(name);
      spare?.close();
      spare = null;
    },
  };
}
