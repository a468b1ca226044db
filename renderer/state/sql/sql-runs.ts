import type { SqlAnswer } from '#shared/domain/sql';
import { indexOfPlace, placeOfIndex } from '#shared/domain/text-place';
import { problemOf } from '../../data/problem.ts';
import type { ShownRuns } from './shown-runs.ts';
import type { RanQuery, ShownResult, SqlParts, SqlRun, SqlSlice } from './sql-state.ts';

const mostHistory = 100;
/** Longer texts are not kept in the history: it is saved again and again. */
const longestInHistory = 20_000;

/** Running what is written, and the history of it. */
export function sqlRuns(
  { client, set, get, nameOf }: SqlParts,
  runs: ShownRuns,
): Pick<SqlSlice, 'run' | 'runAll' | 'cancel'> {
  function remember(entry: RanQuery): void {
    if (entry.text.length > longestInHistory) return;
    const others = get().history.filter(({ text }) => text !== entry.text);
    set({ history: [entry, ...others].slice(0, mostHistory) });
  }

  function show(tab: string, answer: SqlAnswer): void {
    const before = runs.of(tab).result;
    before?.pages.close();
    const result: ShownResult = {
      answer,
      pages: runs.pagesOf(tab, answer, null),
      sort: null,
      widths: {},
      isFirstFrozen: before?.isFirstFrozen ?? false,
      version: 0,
      statistics: null,
    };
    runs.change(tab, { phase: 'done', result });
  }

  return {
    async run(tab, text, from, prefix = '') {
      const startedMs = Date.now();
      runs.change(tab, { phase: 'running', startedMs, problem: null, faultAt: null });
      const isCurrent = () => runs.of(tab).startedMs === startedMs;
      const ran = { text, atMs: startedMs };
      const whole = get().tabs.find(({ id }) => id === tab)?.text ?? text;
      try {
        const { maxRows } = get();
        const answer = await client.sql.run({ tab: nameOf(tab), text: prefix + text, maxRows });
        remember({ ...ran, rows: answer.rows, elapsedMs: answer.elapsedMs });
        if (isCurrent()) show(tab, answer);
      } catch (error) {
        remember({ ...ran, rows: null, elapsedMs: null });
        if (isCurrent()) runs.change(tab, failed(error, { text, from, prefix, whole }));
      }
    },

    async runAll(tab, parts) {
      for (const { text, from } of parts) {
        await get().run(tab, text, from);
        if (runs.of(tab).phase !== 'done') return;
      }
    },

    async cancel(tab) {
      await client.sql.cancel({ tab: nameOf(tab) }).catch(() => null);
    },
  };
}

/** What went wrong, and where in the whole text of the tab, of which the text that was run may be a part. */
function failed(
  error: unknown,
  ran: { readonly text: string; readonly from: number; readonly prefix: string; readonly whole: string },
): Partial<SqlRun> {
  const { text, from, prefix, whole } = ran;
  const problem = problemOf(error);
  if (problem.place === undefined) return { phase: 'failed', problem, faultAt: null };
  const faultAt = Math.max(0, indexOfPlace(prefix + text, problem.place) - prefix.length) + from;
  // Said as the lines of the tab are numbered, unless its text has changed since.
  const place = whole.startsWith(text, from) ? placeOfIndex(whole, faultAt) : problem.place;
  return { phase: 'failed', problem: { ...problem, place }, faultAt };
}
