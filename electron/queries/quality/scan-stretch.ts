import type { Finding, FindingKind } from '#shared/domain/quality';
import type { CalendarId } from '#shared/domain/session-calendar';
import { suggestCalendar } from '#shared/domain/suggest-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';
import { coverDays } from './cover-days.ts';
import { coverSessions, type AbsentRun, type CoverageRange, type CoveredDay } from './cover-sessions.ts';
import { FindingList } from './finding-list.ts';
import { judgeValues, type Stretch } from './judge-values.ts';
import { judgeWrites } from './judge-writes.ts';
import { withoutQuiet } from './quiet-market.ts';
import type { WrittenRows } from './written-rows.ts';

/** All that a stretch of one series says of its quality, without anything that is known only elsewhere. */
export interface ScannedStretch {
  readonly days: readonly CoveredDay[];
  /** By place in `days`: bars that a quiet market explains. */
  readonly quietBars: Int32Array;
  readonly missing: readonly AbsentRun[];
  readonly rows: number;
  readonly validRows: number;
  readonly findings: readonly Finding[];
  readonly findingRows: Readonly<Record<FindingKind, number>>;
  /** The calendar whose hours the bars of a market keep that is held never to close; null where none is known. */
  readonly keptCalendar: CalendarId | null;
}

/** Judges the rows of a stretch that begins and ends between two trading days. */
export function scanStretch(written: WrittenRows, range: CoverageRange): ScannedStretch {
  const list = new FindingList();
  const { rows, isDisordered, overwritten } = judgeWrites(written, list);
  const isLong = timeframeLength(range.timeframe) >= DAY;
  const cover = isLong ? coverDays : coverSessions;
  const { days, absent, followsOn, months } = cover(rows.ts, range, list);
  const periods = periodsOf(months);
  const isInvalid = judgeValues(rows, { timeframe: range.timeframe, periods, followsOn }, list);
  let invalid = overwritten;
  for (let index = 0; index < isInvalid.length; index += 1)
    if (isInvalid[index] === 1 || isDisordered[index] === 1) invalid += 1;
  const { missing, quietBars } = isLong
    ? { missing: absent, quietBars: new Int32Array(days.length) }
    : withoutQuiet(range.calendar, days, absent);
  return {
    days,
    quietBars,
    missing,
    rows: written.ts.length,
    validRows: written.ts.length - invalid,
    findings: list.findings,
    findingRows: list.rows,
    keptCalendar: suggestCalendar(
      { ts: rows.ts, barLength: timeframeLength(range.timeframe) },
      range.calendar,
    ),
  };
}

/** Stretches of bars of one month. */
function periodsOf(months: Int32Array): readonly Stretch[] {
  const periods: Stretch[] = [];
  let from = 0;
  for (let index = 1; index <= months.length; index += 1) {
    if (index < months.length && months[index] === months[from]) continue;
    periods.push({ from, until: index });
    from = index;
  }
  return periods;
}
