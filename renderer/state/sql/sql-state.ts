import {
  sqlLimits,
  type ColumnStatistics,
  type ResultFormat,
  type SavedQuery,
  type SqlAnswer,
  type SqlSchema,
  type SqlSort,
  type WrittenResult,
} from '#shared/domain/sql';
import type { Client } from '#shared/ipc';
import type { Loadable, Problem } from '../../data/problem.ts';
import type { QueryLine } from '../../data/sql/query-line.ts';
import type { ResultPages } from '../../data/sql/result-pages.ts';

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

export const firstTab: SqlTab = {
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

/** What the parts of the slice share. */
export interface SqlParts {
  readonly client: Client;
  readonly set: (change: Partial<SqlSlice>) => void;
  readonly get: () => SqlSlice;
  /** What main calls a tab of this window. */
  readonly nameOf: (tab: string) => string;
}
