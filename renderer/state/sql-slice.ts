import {
  isQueryName,
  sqlLimits,
  type ColumnStatistics,
  type ResultFormat,
  type SavedQuery,
  type SqlAnswer,
  type SqlSchema,
  type SqlSort,
  type WrittenResult,
} from '#shared/domain/sql';
import { WorkbenchError } from '#shared/errors';
import { indexOfPlace, placeOfIndex } from '#shared/domain/text-place';
import type { Client } from '#shared/ipc';
import { problemOf, settle, type Loadable, type Problem } from '../data/problem.ts';
import { mostLineRows, queryLine, type QueryLine } from '../data/sql/query-line.ts';
import { createResultPages, type ResultPages } from '../data/sql/result-pages.ts';

/** One query that is being written. */
export interface SqlTab {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** The saved query that it is, if it is one. */
  readonly savedAs: string | null;
}

/** A query that was run. */
export interface RanQuery {
  readonly text: string;
  readonly atMs: number;
  readonly rows: number | null;
  readonly elapsedMs: number | null;
}

/** The rows of a tab's last query that succeeded. */
export interface ShownResult {
  readonly answer: SqlAnswer;
  readonly pages: ResultPages;
  readonly sort: SqlSort | null;
  /** CSS pixels by column, of those that somebody changed. */
  readonly widths: Readonly<Record<string, number>>;
  readonly isFirstFrozen: boolean;
  /** Counts what has come in, so that the rows are looked at again. */
  readonly version: number;
  readonly statistics: { readonly column: number; readonly found: Loadable<ColumnStatistics> } | null;
}

export interface SqlRun {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  readonly startedMs: number;
  readonly result: ShownResult | null;
  readonly problem: Problem | null;
  /** Where in the tab's text the fault is, in UTF-16 units; null where it is nowhere in particular. */
  readonly faultAt: number | null;
}

export const idleRun: SqlRun = { phase: 'idle', startedMs: 0, result: null, problem: null, faultAt: null };

/** What of it outlives the window. */
export interface SavedSql {
  readonly tabs: readonly SqlTab[];
  readonly active: string;
  /** The latest first. */
  readonly history: readonly RanQuery[];
  readonly maxRows: number;
  /** How much of the panel the editor takes. */
  readonly editorShare: number;
}

export interface SqlSlice extends SavedSql {
  readonly runs: Readonly<Record<string, SqlRun>>;
  readonly schema: Loadable<SqlSchema>;
  readonly saved: Loadable<readonly SavedQuery[]>;
  /** What a result draws on the chart. */
  readonly line: QueryLine | null;
  readonly noteRestored: (saved: SavedSql) => void;
  readonly load: () => Promise<void>;
  readonly activate: (tab: string) => void;
  readonly addTab: (change?: Partial<Omit<SqlTab, 'id'>>) => void;
  readonly closeTab: (tab: string) => void;
  readonly setText: (tab: string, text: string) => void;
  readonly setMaxRows: (maxRows: number) => void;
  readonly setEditorShare: (share: number) => void;
  /** Runs a part of a tab's text that begins at `from`; with `prefix` put before it. */
  readonly run: (tab: string, text: string, from: number, prefix?: string) => Promise<void>;
  /** Runs parts of a tab's text one after the other, until one fails or is cancelled. The rows are those of the last. */
  readonly runAll: (
    tab: string,
    parts: readonly { readonly text: string; readonly from: number }[],
  ) => Promise<void>;
  readonly cancel: (tab: string) => Promise<void>;
  readonly sortBy: (tab: string, sort: SqlSort | null) => void;
  readonly layOut: (tab: string, change: Partial<Pick<ShownResult, 'widths' | 'isFirstFrozen'>>) => void;
  readonly sumUp: (tab: string, column: number | null) => Promise<void>;
  /** Answers what went wrong, null when it is saved. */
  readonly save: (tab: string, name: string) => Promise<Problem | null>;
  readonly deleteSaved: (name: string) => Promise<Problem | null>;
  /** Draws a column over the bars of a symbol; answers why it cannot be, or null. */
  readonly draw: (tab: string, column: number, symbol: string) => Promise<string | null>;
  readonly clearLine: () => void;
  /** Writes the rows to a file, in the order that they are shown in. */
  readonly exportRows: (tab: string, format: ResultFormat, file: string) => Promise<WrittenResult>;
}

export const mostTabs = 12;
const mostHistory = 100;
/** Longer texts are not kept in the history: it is saved again and again. */
const longestInHistory = 20_000;

const firstTab: SqlTab = {
  id: 'q1',
  name: 'Query 1',
  text: `-- Ctrl+Enter runs the statement at the cursor, or what is selected.
select symbol, timeframe, count(*) as bars, min(ts_iso) as first_bar, max(ts_iso) as last_bar
from candles
group by all
order by all;
`,
  savedAs: null,
};

export const newSql: SavedSql = {
  tabs: [firstTab],
  active: firstTab.id,
  history: [],
  maxRows: sqlLimits.usualRows,
  editorShare: 0.42,
};

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
  const nameOf = (tab: string) => `${owner}:${tab}`;
  const runOf = (tab: string): SqlRun => get().runs[tab] ?? idleRun;

  function setRun(tab: string, change: Partial<SqlRun>): void {
    set({ runs: { ...get().runs, [tab]: { ...runOf(tab), ...change } } });
  }

  /** Of that result alone: another may have taken its place meanwhile. */
  function setResult(
    tab: string,
    result: string,
    change: (shown: ShownResult) => Partial<ShownResult>,
  ): void {
    const shown = runOf(tab).result;
    if (shown?.answer.result === result) setRun(tab, { result: { ...shown, ...change(shown) } });
  }

  function changeTab(id: string, change: Partial<SqlTab>): void {
    set({ tabs: get().tabs.map((tab) => (tab.id === id ? { ...tab, ...change } : tab)) });
  }

  function pagesOf(tab: string, answer: SqlAnswer, sort: SqlSort | null): ResultPages {
    return createResultPages({
      rowCount: answer.rows,
      first: sort === null ? answer.page : null,
      read: (from, rows) => client.sql.page({ result: answer.result, from, rows, sort }),
      onChange: () => setResult(tab, answer.result, ({ version }) => ({ version: version + 1 })),
      onFailure: (error) => {
        if (runOf(tab).result?.answer.result === answer.result) setRun(tab, { problem: problemOf(error) });
      },
    });
  }

  function remember(entry: RanQuery): void {
    if (entry.text.length > longestInHistory) return;
    const others = get().history.filter(({ text }) => text !== entry.text);
    set({ history: [entry, ...others].slice(0, mostHistory) });
  }

  async function loadSaved(): Promise<void> {
    set({ saved: await settle(client.sql.savedQueries({})) });
  }

  return {
    ...newSql,
    runs: {},
    schema: { phase: 'idle' },
    saved: { phase: 'idle' },
    line: null,

    noteRestored: (saved) => set(saved),

    async load() {
      const [schema] = await Promise.all([settle(client.sql.schema({})), loadSaved()]);
      set({ schema });
    },

    activate: (active) => set({ active }),

    addTab(change = {}) {
      const { tabs } = get();
      if (tabs.length >= mostTabs) return;
      const taken = tabs.map(({ id }) => Number(id.slice(1)));
      const number = Math.max(0, ...taken) + 1;
      const tab = { id: `q${number}`, name: `Query ${number}`, text: '', savedAs: null, ...change };
      set({ tabs: [...tabs, tab], active: tab.id });
    },

    closeTab(id) {
      const { tabs, active, runs } = get();
      const at = tabs.findIndex((tab) => tab.id === id);
      const left = tabs.filter((tab) => tab.id !== id);
      const next = left[Math.min(at, left.length - 1)];
      runs[id]?.result?.pages.close();
      client.sql.release({ tab: nameOf(id) }).catch(() => null);
      const others = Object.fromEntries(Object.entries(runs).filter(([tab]) => tab !== id));
      if (next === undefined) set({ tabs: [{ ...firstTab, text: '' }], active: firstTab.id, runs: others });
      else set({ tabs: left, runs: others, ...(active === id ? { active: next.id } : {}) });
    },

    setText: (id, text) => changeTab(id, { text }),
    setMaxRows: (maxRows) => set({ maxRows }),
    setEditorShare: (share) => set({ editorShare: Math.min(0.85, Math.max(0.15, share)) }),

    async run(tab, text, from, prefix = '') {
      const startedMs = Date.now();
      setRun(tab, { phase: 'running', startedMs, problem: null, faultAt: null });
      const isCurrent = () => runOf(tab).startedMs === startedMs;
      const ran = { text, atMs: startedMs };
      const whole = get().tabs.find(({ id }) => id === tab)?.text ?? text;
      try {
        const { maxRows } = get();
        const answer = await client.sql.run({ tab: nameOf(tab), text: prefix + text, maxRows });
        remember({ ...ran, rows: answer.rows, elapsedMs: answer.elapsedMs });
        if (!isCurrent()) return;
        runOf(tab).result?.pages.close();
        const result: ShownResult = {
          answer,
          pages: pagesOf(tab, answer, null),
          sort: null,
          widths: {},
          isFirstFrozen: runOf(tab).result?.isFirstFrozen ?? false,
          version: 0,
          statistics: null,
        };
        setRun(tab, { phase: 'done', result });
      } catch (error) {
        remember({ ...ran, rows: null, elapsedMs: null });
        if (!isCurrent()) return;
        const problem = problemOf(error);
        const faultAt =
          problem.place === undefined
            ? null
            : Math.max(0, indexOfPlace(prefix + text, problem.place) - prefix.length) + from;
        // Said as the lines of the tab are numbered, of which this may be a part.
        const isPart = faultAt !== null && whole.startsWith(text, from);
        setRun(tab, {
          phase: 'failed',
          problem: isPart ? { ...problem, place: placeOfIndex(whole, faultAt) } : problem,
          faultAt,
        });
      }
    },

    async runAll(tab, parts) {
      for (const { text, from } of parts) {
        await get().run(tab, text, from);
        if (runOf(tab).phase !== 'done') return;
      }
    },

    async cancel(tab) {
      await client.sql.cancel({ tab: nameOf(tab) }).catch(() => null);
    },

    sortBy(tab, sort) {
      const shown = runOf(tab).result;
      if (shown === null) return;
      shown.pages.close();
      const pages = pagesOf(tab, shown.answer, sort);
      setRun(tab, { result: { ...shown, sort, pages, version: shown.version + 1 } });
    },

    layOut(tab, change) {
      const shown = runOf(tab).result;
      if (shown !== null) setRun(tab, { result: { ...shown, ...change } });
    },

    async sumUp(tab, column) {
      const result = runOf(tab).result?.answer.result;
      if (result === undefined) return;
      if (column === null) {
        setResult(tab, result, () => ({ statistics: null }));
        return;
      }
      setResult(tab, result, () => ({ statistics: { column, found: { phase: 'loading' } } }));
      const found = await settle(client.sql.statistics({ result, column }));
      setResult(tab, result, ({ statistics }) =>
        statistics?.column === column ? { statistics: { column, found } } : {},
      );
    },

    async save(id, typed) {
      const name = typed.trim();
      const tab = get().tabs.find((each) => each.id === id);
      if (tab === undefined) return null;
      if (!isQueryName(name)) {
        return {
          code: 'argument-invalid',
          message: 'A name is letters, digits, spaces and . _ ( ) + -, up to 80 of them',
        };
      }
      try {
        await client.sql.saveQuery({ name, text: tab.text });
        changeTab(id, { name, savedAs: name });
        await loadSaved();
        return null;
      } catch (error) {
        return problemOf(error);
      }
    },

    async deleteSaved(name) {
      try {
        await client.sql.deleteQuery({ name });
        set({ tabs: get().tabs.map((tab) => (tab.savedAs === name ? { ...tab, savedAs: null } : tab)) });
        await loadSaved();
        return null;
      } catch (error) {
        return problemOf(error);
      }
    },

    async draw(tab, column, symbol) {
      const shown = runOf(tab).result;
      if (shown === null) return null;
      const { answer, pages } = shown;
      if (answer.rows > mostLineRows) {
        return `A line is made of at most ${mostLineRows.toLocaleString('en-US')} rows, and this result has more.`;
      }
      try {
        const rows = answer.rows === 0 ? [] : await pages.rows(0, answer.rows - 1);
        const line = queryLine(answer.columns, rows, column, symbol);
        if (line.points.ts.length === 0) return `The result has no ${line.name} of ${symbol} with a time.`;
        set({ line });
        return null;
      } catch (error) {
        return problemOf(error).message;
      }
    },

    clearLine: () => set({ line: null }),

    async exportRows(tab, format, file) {
      const shown = runOf(tab).result;
      if (shown === null) throw new WorkbenchError('result-gone', 'Run the query again to see its rows');
      const { answer, sort } = shown;
      // Whoever chose the file was asked whether it may be replaced.
      return client.sql.export({ result: answer.result, sort, format, out: file, overwrite: true });
    },
  };
}
