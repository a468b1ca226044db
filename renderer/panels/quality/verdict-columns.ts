import type { SeriesVerdict } from '#shared/domain/quality-overview';
import { timeframeLength } from '#shared/domain/timeframe';
import { formatCount } from '../../format/count.ts';
import { formatInstant } from '../../format/time.ts';
import type { SortableColumn } from '../../ui/data-grid/sortable-grid.tsx';
import { shareText } from './quality-wording.ts';

type VerdictColumn = SortableColumn<SeriesVerdict>;

const number = (id: string, title: string, width: number, read: (verdict: SeriesVerdict) => number) =>
  ({
    ...{ id, title, width, align: 'right' },
    textOf: (verdict) => formatCount(read(verdict)),
    valueOf: read,
  }) satisfies VerdictColumn;

/** What is not known comes last. */
export function verdictColumns(zone: string): readonly VerdictColumn[] {
  return [
    {
      ...{ id: 'symbol', title: 'Symbol', width: 104 },
      textOf: ({ symbol }) => symbol,
      valueOf: ({ symbol }) => symbol,
    },
    {
      ...{ id: 'timeframe', title: 'Timeframe', width: 88 },
      textOf: ({ timeframe }) => timeframe,
      valueOf: ({ timeframe }) => timeframeLength(timeframe),
    },
    {
      ...{ id: 'grade', title: 'Grade', width: 64 },
      textOf: ({ score }) => score.grade ?? '–',
      valueOf: ({ score }) => score.grade ?? 'Z',
    },
    {
      ...{ id: 'score', title: 'Score', width: 64, align: 'right' },
      textOf: ({ score: { score } }) => (score === null ? '–' : score.toFixed(1)),
      valueOf: ({ score: { score } }) => score ?? Infinity,
    },
    {
      ...{ id: 'completeness', title: 'Complete', hint: 'Covered bars of those expected', width: 80 },
      align: 'right',
      textOf: ({ score }) => shareText(score.completeness),
      valueOf: ({ score }) => score.completeness ?? Infinity,
    },
    {
      ...{ id: 'accuracy', title: 'Accurate', hint: 'Valid rows of all', width: 80, align: 'right' },
      textOf: ({ score }) => shareText(score.accuracy),
      valueOf: ({ score }) => score.accuracy ?? Infinity,
    },
    number('missing', 'Missing bars', 96, ({ missingBars }) => missingBars),
    number('invalid', 'Invalid rows', 92, ({ score }) => score.rows - score.validRows),
    number('suspect', 'Suspect', 76, ({ suspectRows }) => suspectRows),
    {
      ...{ id: 'from', title: 'From', width: 200 },
      textOf: ({ from }) => formatInstant(from, zone),
      valueOf: ({ from }) => from,
    },
    {
      ...{ id: 'until', title: 'Until', width: 200 },
      textOf: ({ until }) => formatInstant(until, zone),
      valueOf: ({ until }) => until,
    },
    {
      ...{ id: 'advice', title: 'What to do first', width: 420 },
      textOf: ({ advice }) => advice,
      valueOf: ({ advice }) => advice,
    },
  ];
}
