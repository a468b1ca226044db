import {
  dayStates,
  findingKinds,
  gapCauses,
  mostFindings,
  mostGaps,
  scoreOf,
  type DayCoverage,
  type ExpectedGap,
  type Finding,
  type Gap,
  type SeriesQuality,
} from '#shared/domain/quality';
import type { CalendarId } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';
import { advise } from './advise.ts';
import type { CoveredDay } from './cover-sessions.ts';
import type { ExplainedRun } from './explain-runs.ts';
import { rowCounts } from './finding-list.ts';
import { closedGaps, joinRuns, layOutDays } from './lay-out-days.ts';
import type { ScannedStretch } from './scan-stretch.ts';

/** All that was found out about a series, stretch by stretch. */
export interface QualityFacts extends Pick<
  SeriesQuality,
  'symbol' | 'timeframe' | 'calendar' | 'zone' | 'from' | 'until' | 'unreadable'
> {
  readonly days: readonly CoveredDay[];
  readonly quietBars: readonly number[];
  readonly runs: readonly ExplainedRun[];
  readonly scanned: readonly ScannedStretch[];
  readonly marks: readonly ExpectedGap[];
  /** Of objects that point nowhere. */
  readonly objects: readonly Finding[];
}

/** Puts the parts together: days, gaps, findings, the score, and what to do. */
export function assembleQuality(facts: QualityFacts): SeriesQuality {
  const { days, runs, scanned, marks, quietBars, objects, ...series } = facts;
  const isLong = timeframeLength(series.timeframe) >= DAY;
  const laidOut = layOutDays(series.calendar, days, quietBars, runs, isLong);
  const counted = sumDays(laidOut);
  const joined = joinRuns(days, runs);
  const closed = isLong ? [] : closedGaps(series.calendar, series.from, series.until);
  const gaps = [...joined, ...closed].sort((a, b) => a.from - b.from);
  const findingRows = rowCounts((kind) =>
    kind === 'object' ? objects.length : scanned.reduce((sum, each) => sum + each.findingRows[kind], 0),
  );
  const score = scoreOf({
    ...counted,
    rows: scanned.reduce((sum, { rows }) => sum + rows, 0),
    validRows: scanned.reduce((sum, { validRows }) => sum + validRows, 0),
  });
  const gapBars = countBy(gapCauses, (cause) =>
    joined.reduce((sum, gap) => sum + (gap.cause === cause ? gap.bars : 0), 0),
  );
  const quiet = quietBars.reduce((sum, bars) => sum + bars, 0);
  const missingGaps = joined.filter(({ cause }) => cause === 'missing').length;
  return {
    ...series,
    score,
    advice: advise({
      score,
      missingGaps,
      gapBars,
      quietBars: quiet,
      findingRows,
      unreadable: series.unreadable,
      keptCalendar: keptBy(scanned),
    }),
    days: laidOut,
    dayCounts: countBy(dayStates, (state) => laidOut.filter((day) => day.state === state).length),
    gaps: mostUrgent(gaps),
    gapBars,
    gapCount: gaps.length,
    quietBars: quiet,
    findings: findingKinds.flatMap((kind) =>
      (kind === 'object'
        ? objects
        : scanned.flatMap(({ findings }) => findings.filter((each) => each.kind === kind))
      ).slice(0, mostFindings),
    ),
    findingRows,
    expectedGaps: marks,
  };
}

/** Shorter stretches, such as the last days of a year, say nothing of weeks. */
const tellingDays = 9;

/** The calendar that all stretches keep which are long enough to tell; of one that is all there is, whatever it says. */
function keptBy(scanned: readonly ScannedStretch[]): CalendarId | null {
  const telling = scanned.filter(({ days }) => days.length >= tellingDays);
  const [first, ...others] = telling.length > 0 ? telling : scanned;
  const kept = first?.keptCalendar ?? null;
  return others.every(({ keptCalendar }) => keptCalendar === kept) ? kept : null;
}

function sumDays(days: readonly DayCoverage[]): {
  readonly expectedBars: number;
  readonly coveredBars: number;
} {
  return {
    expectedBars: days.reduce((sum, { expected }) => sum + expected, 0),
    coveredBars: days.reduce((sum, { expected, found }) => sum + Math.min(found, expected), 0),
  };
}

function countBy<Key extends string>(
  keys: readonly Key[],
  count: (key: Key) => number,
): Readonly<Record<Key, number>> {
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;
}

/** Where there are too many, nights and weekends go first. */
function mostUrgent(gaps: readonly Gap[]): readonly Gap[] {
  if (gaps.length <= mostGaps) return gaps;
  const isUrgent = ({ cause }: Gap) => cause !== 'closed';
  const kept = new Set(
    [...gaps.filter(isUrgent), ...gaps.filter((gap) => !isUrgent(gap))].slice(0, mostGaps),
  );
  return gaps.filter((gap) => kept.has(gap));
}
