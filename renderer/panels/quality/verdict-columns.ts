import type { SeriesVerdict } from '#shared/domain/quality-overview';
import { timeframeLength } from '#shared/domain/timeframe';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';
import { shareText } from './quality-wording.ts';

interface VerdictColumn extends GridColumn {
  readonly text: (verdict: SeriesVerdict, zone: string) => string;
  /** What rows are sorted by; what is not known comes last. */
  readonly value: (verdict: SeriesVerdict) => string | number;
}

const number = (id: string, title: string, width: number, read: (verdict: SeriesVerdict) => number) =>
  ({
    ...{ id, title, width, align: 'right' },
    text: (verdict) => formatCount(read(verdict)),
    value: read,
  }) satisfies VerdictColumn;

export const verdictColumns: readonly VerdictColumn[] = [
  {
    ...{ id: 'symbol', title: 'Symbol', width: 104 },
    text: ({ symbol }) => symbol,
    value: ({ symbol }) => symbol,
  },
  {
    ...{ id: 'timeframe', title: 'Timeframe', width: 88 },
    text: ({ timeframe }) => timeframe,
    value: ({ timeframe }) => timeframeLength(timeframe),
  },
  {
    ...{ id: 'grade', title: 'Grade', width: 64 },
    text: ({ score }) => score.grade ?? '–',
    value: ({ score }) => score.grade ?? 'Z',
  },
  {
    ...{ id: 'score', title: 'Score', width: 64, align: 'right' },
    text: ({ score: { score } }) => (score === null ? '–' : score.toFixed(1)),
    value: ({ score: { score } }) => score ?? Infinity,
  },
  {
    ...{ id: 'completeness', title: 'Complete', hint: 'Covered bars of those expected', width: 80 },
    align: 'right',
    text: ({ score }) => shareText(score.completeness),
    value: ({ score }) => score.completeness ?? Infinity,
  },
  {
    ...{ id: 'accuracy', title: 'Accurate', hint: 'Valid rows of all', width: 80, align: 'right' },
    text: ({ score }) => shareText(score.accuracy),
    value: ({ score }) => score.accuracy ?? Infinity,
  },
  number('missing', 'Missing bars', 96, ({ missingBars }) => missingBars),
  number('invalid', 'Invalid rows', 92, ({ score }) => score.rows - score.validRows),
  number('suspect', 'Suspect', 76, ({ suspectRows }) => suspectRows),
  {
    ...{ id: 'from', title: 'From', width: 200 },
    text: ({ from }, zone) => formatInstant(from, zone),
    value: ({ from }) => from,
  },
  {
    ...{ id: 'until', title: 'Until', width: 200 },
    text: ({ until }, zone) => formatInstant(until, zone),
    value: ({ until }) => until,
  },
  {
    ...{ id: 'advice', title: 'What to do first', width: 420 },
    text: ({ advice }) => advice,
    value: ({ advice }) => advice,
  },
];

export function verdictText(verdict: SeriesVerdict, column: string, zone: string): string {
  return verdictColumns.find(({ id }) => id === column)?.text(verdict, zone) ?? '';
}

export function verdictValue(verdict: SeriesVerdict, column: string): string | number {
  return verdictColumns.find(({ id }) => id === column)?.value(verdict) ?? '';
}
