import { WorkbenchError } from '#shared/errors';
import { problemOf, settle } from '../../data/problem.ts';
import { mostLineRows, queryLine } from '../../data/sql/query-line.ts';
import type { ShownRuns } from './shown-runs.ts';
import type { SqlParts, SqlSlice } from './sql-state.ts';

type ResultCalls = Pick<SqlSlice, 'sortBy' | 'layOut' | 'sumUp' | 'draw' | 'clearLine' | 'exportRows'>;

/** What is done with the rows of a result: looking at them, drawing them, writing them to a file. */
export function sqlResults({ client, set }: SqlParts, runs: ShownRuns): ResultCalls {
  return {
    sortBy(tab, sort) {
      const shown = runs.of(tab).result;
      if (shown === null) return;
      shown.pages.close();
      const pages = runs.pagesOf(tab, shown.answer, sort);
      runs.change(tab, { result: { ...shown, sort, pages, version: shown.version + 1 } });
    },

    layOut(tab, change) {
      const shown = runs.of(tab).result;
      if (shown !== null) runs.change(tab, { result: { ...shown, ...change } });
    },

    async sumUp(tab, column) {
      const result = runs.of(tab).result?.answer.result;
      if (result === undefined) return;
      if (column === null) {
        runs.changeResult(tab, result, () => ({ statistics: null }));
        return;
      }
      runs.changeResult(tab, result, () => ({ statistics: { column, found: { phase: 'loading' } } }));
      const found = await settle(client.sql.statistics({ result, column }));
      runs.changeResult(tab, result, ({ statistics }) =>
        statistics?.column === column ? { statistics: { column, found } } : {},
      );
    },

    async draw(tab, column, symbol) {
      const shown = runs.of(tab).result;
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
      const shown = runs.of(tab).result;
      if (shown === null) throw new WorkbenchError('result-gone', 'Run the query again to see its rows');
      const { answer, sort } = shown;
      // Whoever chose the file was asked whether it may be replaced.
      return client.sql.export({ result: answer.result, sort, format, out: file, overwrite: true });
    },
  };
}
