import type { SqlAnswer, SqlSort } from '#shared/domain/sql';
import { problemOf } from '../../data/problem.ts';
import { createResultPages, type ResultPages } from '../../data/sql/result-pages.ts';
import { idleRun, type ShownResult, type SqlParts, type SqlRun } from './sql-state.ts';

/** The last run of each tab, and changes to it. */
export interface ShownRuns {
  readonly of: (tab: string) => SqlRun;
  readonly change: (tab: string, change: Partial<SqlRun>) => void;
  /** Changes that result alone: another may have taken its place meanwhile. */
  readonly changeResult: (
    tab: string,
    result: string,
    change: (shown: ShownResult) => Partial<ShownResult>,
  ) => void;
  /** The rows of an answer in an order; what arrives of them is noted in the tab. */
  readonly pagesOf: (tab: string, answer: SqlAnswer, sort: SqlSort | null) => ResultPages;
}

/** The runs that the slice holds; a tab without one has `idleRun`. */
export function shownRuns({ client, set, get }: SqlParts): ShownRuns {
  const of = (tab: string) => get().runs[tab] ?? idleRun;

  function change(tab: string, changes: Partial<SqlRun>): void {
    set({ runs: { ...get().runs, [tab]: { ...of(tab), ...changes } } });
  }

  const changeResult: ShownRuns['changeResult'] = (tab, result, changes) => {
    const shown = of(tab).result;
    if (shown?.answer.result === result) change(tab, { result: { ...shown, ...changes(shown) } });
  };

  return {
    of,
    change,
    changeResult,
    pagesOf: (tab, answer, sort) =>
      createResultPages({
        rowCount: answer.rows,
        first: sort === null ? answer.page : null,
        read: (from, rows) => client.sql.page({ result: answer.result, from, rows, sort }),
        onChange: () => changeResult(tab, answer.result, ({ version }) => ({ version: version + 1 })),
        onFailure: (error) => {
          if (of(tab).result?.answer.result === answer.result) change(tab, { problem: problemOf(error) });
        },
      }),
  };
}
