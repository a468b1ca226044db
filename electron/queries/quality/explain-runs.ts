import type { ExpectedGap, GapCause } from '#shared/domain/quality';
import { MINUTE } from '#shared/units';
import type { AbsentRun, CoveredDay } from './cover-sessions.ts';

/** An absent run, with why it is. */
export interface ExplainedRun extends AbsentRun {
  readonly cause: Extract<GapCause, 'missing' | 'halt' | 'expected'>;
  readonly reason: string | null;
}

/** Parts runs where a mark begins or ends: bars that open within one are expected not to be there. */
export function applyMarks(
  runs: readonly AbsentRun[],
  marks: readonly ExpectedGap[],
): readonly ExplainedRun[] {
  if (marks.length === 0) return runs.map((run) => ({ ...run, cause: 'missing', reason: null }));
  return runs.flatMap((run) => partByMarks(run, marks));
}

function partByMarks(run: AbsentRun, marks: readonly ExpectedGap[]): readonly ExplainedRun[] {
  const touching = marks.filter(({ from, until }) => from < run.until && until > run.from);
  if (touching.length === 0) return [{ ...run, cause: 'missing', reason: null }];
  const length = Math.ceil((run.until - run.from) / Math.max(1, run.bars));
  const parts: ExplainedRun[] = [];
  for (let bar = 0; bar < Math.max(1, run.bars); bar += 1) {
    const from = run.from + bar * length;
    const until = Math.min(from + length, run.until);
    const mark = touching.find((each) => each.from <= from && from < each.until);
    const cause = mark === undefined ? 'missing' : 'expected';
    const reason = mark?.reason ?? null;
    const bars = Math.min(1, run.bars);
    const last = parts.at(-1);
    if (last?.cause === cause && last.reason === reason)
      parts[parts.length - 1] = { ...last, until, bars: last.bars + bars };
    else parts.push({ day: run.day, from, until, bars, cause, reason });
  }
  return parts;
}

const shortestHalt = 5 * MINUTE;
const longestHalt = 120 * MINUTE;

/** Whether a run could be a halt: within one day, with bars before and after it, and as long as halts are. */
export function mayBeHalt({ day, from, until, bars }: AbsentRun, days: readonly CoveredDay[]): boolean {
  const covered = days[day];
  const length = until - from;
  return (
    covered !== undefined &&
    bars >= 2 &&
    length >= shortestHalt &&
    length <= longestHalt &&
    from > covered.from &&
    until < covered.until
  );
}

/** Whether others traded on: at least half of those that were looked at have bars in at least half of the run. */
export function isHalt(bars: number, othersBars: readonly number[]): boolean {
  const trading = othersBars.filter((count) => count * 2 >= bars).length;
  return trading > 0 && trading * 2 >= othersBars.length;
}
