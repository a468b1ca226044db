import type { CalendarId } from './session-calendar.ts';
import type { Timeframe } from './timeframe.ts';
import type { UnreadableFile } from './viewport.ts';

export const dayStates = ['complete', 'partial', 'missing', 'closed'] as const;

/** `closed`: no bar is expected, because the market is closed or its absence was marked as expected. */
export type DayState = (typeof dayStates)[number];

/** What is stored of one day, against what the session calendar lets expect. Times are ms UTC. */
export interface DayCoverage {
  /** The trading date, `2025-09-02`. */
  readonly day: string;
  /** The regular hours; of a day without any the whole local day. */
  readonly from: number;
  readonly until: number;
  readonly state: DayState;
  /** Bars of the regular hours that should be there: without those that are explained. */
  readonly expected: number;
  readonly found: number;
  /** Bars that are not there for a reason: a quiet market, a halt, a mark. */
  readonly explained: number;
  /** Bars outside the regular hours. None of them is ever expected. */
  readonly extended: number;
  /** The holiday, the half day, the mark; null for an ordinary day. */
  readonly reason: string | null;
}

export const gapCauses = ['missing', 'halt', 'expected', 'half-day', 'holiday', 'closed'] as const;

/** Why there are no bars: `closed` is a night or a weekend, `expected` was marked as such by somebody. */
export type GapCause = (typeof gapCauses)[number];

/** What reports and the window call them. */
export const gapCauseNames: Readonly<Record<GapCause, string>> = {
  missing: 'Missing',
  halt: 'Halt',
  expected: 'Marked as expected',
  'half-day': 'Half day',
  holiday: 'Holiday',
  closed: 'Market closed',
};

/** A stretch without bars, half-open. */
export interface Gap {
  readonly cause: GapCause;
  readonly from: number;
  readonly until: number;
  /** Bars that the calendar has in it; 0 while the market is closed. */
  readonly bars: number;
  readonly reason: string | null;
}

export const findingKinds = [
  'conflict',
  'disorder',
  'misaligned',
  'bounds',
  'high-low',
  'spike',
  'outlier',
  'closed-hours',
  'repeat',
  'zero-volume',
  'object',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** `error` rows are not valid; `suspect` rows may be true; a `note` does no harm. */
export type FindingWeight = 'error' | 'suspect' | 'note';

export interface FindingMeaning {
  readonly title: string;
  readonly weight: FindingWeight;
  /** The rule, in a sentence. */
  readonly rule: string;
}

/** How far a bar's return may lie from the median of its month, in robust standard deviations. */
export const outlierDeviations = 15;
/** Moves smaller than this are never outliers, as a share of the price. */
export const smallestOutlier = 0.005;
export const spikeDeviations = 10;
/** A price so many times the month's median, or so small a part of it, is out of bounds. */
export const priceBound = 10;
export const volumeBound = 10_000;

export const findingMeanings: Readonly<Record<FindingKind, FindingMeaning>> = {
  conflict: {
    title: 'Two values',
    weight: 'error',
    rule: 'The same bar was written more than once with other values. The last one counts; the others are not valid.',
  },
  disorder: {
    title: 'Out of order',
    weight: 'error',
    rule: 'A row stands in its file behind a later one of its symbol.',
  },
  misaligned: {
    title: 'Misaligned',
    weight: 'error',
    rule: 'A bar opens at a time that is not on the grid of its timeframe.',
  },
  bounds: {
    title: 'Out of bounds',
    weight: 'error',
    rule: `A price is missing, not above 0, or more than ${priceBound} times (less than a ${priceBound}th of) the median close of its month; a volume is missing, below 0, or more than ${volumeBound.toLocaleString('en-US')} times the median.`,
  },
  'high-low': {
    title: 'High and low',
    weight: 'error',
    rule: 'The high is below the open or the close, or the low is above one of them.',
  },
  spike: {
    title: 'Spike',
    weight: 'suspect',
    rule: `A close or a wick more than ${spikeDeviations} robust deviations and 0.5 % away from both neighbours, which are near one another.`,
  },
  outlier: {
    title: 'Outlier',
    weight: 'suspect',
    rule: `The log return from the bar before it on its trading day is more than ${outlierDeviations} robust deviations (1.4826 × MAD) from the median of its month, and more than 0.5 %. Bars of a day and longer are compared within their year.`,
  },
  'closed-hours': {
    title: 'Market closed',
    weight: 'suspect',
    rule: 'A bar opens while the session calendar has the market closed.',
  },
  repeat: {
    title: 'Repeated',
    weight: 'note',
    rule: 'The same bar was written more than once with the same values.',
  },
  'zero-volume': {
    title: 'No volume',
    weight: 'note',
    rule: 'A bar has volume 0 where others of its month have some.',
  },
  object: {
    title: 'Object',
    weight: 'suspect',
    rule: 'A chart object begins where its symbol has no bar, ends before it begins, or names a parent that is not there.',
  },
};

/** Something about rows, neighbours of one kind taken together. */
export interface Finding {
  readonly kind: FindingKind;
  /** The open of the first bar, and of the last one. */
  readonly from: number;
  readonly through: number;
  readonly rows: number;
  readonly detail: string;
  /** Of a chart object: which one; null for bars. */
  readonly objectId: string | null;
}

export const grades = ['A', 'B', 'C', 'D', 'F'] as const;
export type Grade = (typeof grades)[number];

/** The least score of each grade. */
export const gradeFloors: Readonly<Record<Grade, number>> = { A: 99.5, B: 98, C: 95, D: 90, F: 0 };

export const completenessWeight = 0.6;
export const accuracyWeight = 0.4;

export interface QualityScore {
  /** Covered bars / expected bars, 0 to 1; null where no bar is expected. */
  readonly completeness: number | null;
  /** Valid rows / rows, 0 to 1; null where there is no row. */
  readonly accuracy: number | null;
  /** 0 to 100, cut to one decimal; null where nothing can be said. */
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly expectedBars: number;
  readonly coveredBars: number;
  readonly rows: number;
  readonly validRows: number;
}

export interface Advice {
  /** What to do, in one sentence. */
  readonly text: string;
  readonly action: 'import' | 'quarantine' | 'compact' | 'look' | 'none';
  /** What it concerns: gaps that are missing, findings of a kind, or the files. */
  readonly about: FindingKind | GapCause | 'quiet' | 'files' | 'calendar' | 'all';
}

/** Bars that somebody said will not come. */
export interface ExpectedGap {
  readonly id: string;
  readonly symbol: string;
  /** Null for all timeframes. */
  readonly timeframe: string | null;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  readonly reason: string;
  readonly createdMs: number;
  /** When it was taken back; null while it holds. */
  readonly withdrawnMs: number | null;
}

export type ExpectedGapRequest = Pick<ExpectedGap, 'symbol' | 'timeframe' | 'from' | 'until' | 'reason'>;

/** How good the bars of one series are. */
export interface SeriesQuality {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
  /** IANA zone of the calendar, which days are dates of. */
  readonly zone: string;
  /** What was looked at, half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  readonly score: QualityScore;
  readonly advice: readonly Advice[];
  /** In order, without a date left out. */
  readonly days: readonly DayCoverage[];
  readonly dayCounts: Readonly<Record<DayState, number>>;
  /** In order: at most `mostGaps`. */
  readonly gaps: readonly Gap[];
  /** Bars of all gaps, by cause. */
  readonly gapBars: Readonly<Record<GapCause, number>>;
  readonly gapCount: number;
  /** Bars put down to a market in which nothing was traded. They are in no list. */
  readonly quietBars: number;
  /** In order of weight and time: at most `mostFindings` of a kind. */
  readonly findings: readonly Finding[];
  /** Rows of each kind, all of them. */
  readonly findingRows: Readonly<Record<FindingKind, number>>;
  readonly expectedGaps: readonly ExpectedGap[];
  /** Files whose rows could not be looked at. */
  readonly unreadable: readonly UnreadableFile[];
}

export const mostGaps = 5_000;
export const mostFindings = 500;

/** Cut, not rounded: only what is whole says 100. */
export function scoreOf(
  counts: Pick<QualityScore, 'expectedBars' | 'coveredBars' | 'rows' | 'validRows'>,
): QualityScore {
  const { expectedBars, coveredBars, rows, validRows } = counts;
  const completeness = expectedBars === 0 ? null : coveredBars / expectedBars;
  const accuracy = rows === 0 ? null : validRows / rows;
  const whole = wholeScore(completeness, accuracy);
  const score = whole === null ? null : Math.floor(whole * 10 + 1e-9) / 10;
  const grade = score === null ? null : (grades.find((each) => score >= gradeFloors[each]) ?? 'F');
  return { completeness, accuracy, score, grade, ...counts };
}

/** What is not known does not count: the other part is then all of the score. */
function wholeScore(completeness: number | null, accuracy: number | null): number | null {
  if (completeness === null) return accuracy === null ? null : accuracy * 100;
  if (accuracy === null) return completeness * 100;
  return 100 * (completenessWeight * completeness + accuracyWeight * accuracy);
}

export const scoreFormula =
  `score = ${completenessWeight * 100} × covered bars / expected bars + ` +
  `${accuracyWeight * 100} × valid rows / rows; ` +
  grades.map((grade) => (grade === 'F' ? 'F below' : `${grade} from ${gradeFloors[grade]}`)).join(', ');

/** What is counted as expected, in sentences. */
export const coverageRules: readonly string[] = [
  'Bars are expected in the regular hours of the session calendar: holidays have none, half days fewer, currencies trade from Sunday to Friday evening in New York, crypto currencies always.',
  'Outside regular hours a minute without trades has no bar, so none is ever missing there.',
  'Before the first stored bar and behind the last one nothing is expected, unless a range is asked for.',
  'A market is quiet when after fewer than 95 % of its bars the next one is there as well (99.9 % for currencies, which are quotes). A stretch without bars is then put down to nobody trading, unless it is so long that chance explains it less than once in a hundred such years.',
  'A halt is a stretch of two bars and 5 minutes up to 2 hours within the regular hours of one symbol, with bars before and after it on the same day, in which at least half of the (up to five) fullest other symbols of its calendar traded on.',
  'What is explained by a quiet market, a halt or a mark is not expected.',
];

/** Bars to be taken out of the store: all of a series in a stretch of time. */
export interface QuarantineRequest {
  readonly symbol: string;
  readonly timeframe: string;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
  readonly reason: string;
  /** Of the plan: the run is refused when it would take anything else. */
  readonly digest?: string | undefined;
}

/** A bar as it is read; prices in quote currency. */
export interface QuarantinedBar {
  readonly ts: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number | null;
}

export interface QuarantinePlan {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly reason: string;
  readonly bars: readonly QuarantinedBar[];
  /** UTC days whose files are written anew. */
  readonly days: readonly string[];
  readonly digest: string;
}

export interface QuarantineReport {
  readonly symbol: string;
  readonly timeframe: string;
  readonly bars: number;
  readonly days: readonly string[];
  /** Where the rows are now, below the store's folder. */
  readonly file: string;
  /** Until when the files as they were lie in the trash. */
  readonly deadlineMs: number;
}

export const mostQuarantined = 5_000;
