import {
  findingKinds,
  findingMeanings,
  gapCauseNames,
  gapCauses,
  type Advice,
  type Finding,
  type FindingKind,
  type Gap,
  type GapCause,
  type SeriesQuality,
} from '#shared/domain/quality';
import { formatCount } from '../../format/count.ts';
import { formatDuration, formatInstant } from '../../format/time.ts';
import type { GridColumn } from '../../ui/data-grid/grid-column.ts';

/** What is listed: gaps of a cause or of all but closed hours, or findings of a kind or of all. */
export type Listed =
  | { readonly list: 'gaps'; readonly cause: GapCause | null }
  | { readonly list: 'findings'; readonly kind: FindingKind | null };

/** A row of either list. */
export type QualityRow =
  { readonly list: 'gaps'; readonly gap: Gap } | { readonly list: 'findings'; readonly finding: Finding };

/** The rows of a list, in the order of the answer. Closed hours are listed only when asked for. */
export function rowsOf(quality: SeriesQuality, listed: Listed): readonly QualityRow[] {
  if (listed.list === 'gaps')
    return quality.gaps
      .filter(({ cause }) => (listed.cause === null ? cause !== 'closed' : cause === listed.cause))
      .map((gap) => ({ list: 'gaps', gap }));
  return quality.findings
    .filter(({ kind }) => listed.kind === null || kind === listed.kind)
    .map((finding) => ({ list: 'findings', finding }));
}

/** What can be listed, with how many rows each has in all; what has none is left out. */
export function choicesOf(
  quality: SeriesQuality,
  list: Listed['list'],
): readonly (readonly [string, string])[] {
  if (list === 'gaps') {
    return gapCauses.flatMap((cause) => {
      const count = quality.gaps.filter((gap) => gap.cause === cause).length;
      return count === 0 ? [] : [[cause, `${gapCauseNames[cause]} (${formatCount(count)})`] as const];
    });
  }
  return findingKinds.flatMap((kind) => {
    const rows = quality.findingRows[kind];
    return rows === 0 ? [] : [[kind, `${findingMeanings[kind].title} (${formatCount(rows)})`] as const];
  });
}

/** The list that shows what a piece of advice is about. */
export function listedFor({ about }: Advice): Listed | null {
  const cause = gapCauses.find((each) => each === about);
  if (cause !== undefined) return { list: 'gaps', cause };
  const kind = findingKinds.find((each) => each === about);
  return kind === undefined ? null : { list: 'findings', kind };
}

interface RowColumn extends GridColumn {
  readonly text: (row: QualityRow, zone: string) => string;
}

const ofGap = (read: (gap: Gap, zone: string) => string) => (row: QualityRow, zone: string) =>
  row.list === 'gaps' ? read(row.gap, zone) : '';
const ofFinding = (read: (finding: Finding, zone: string) => string) => (row: QualityRow, zone: string) =>
  row.list === 'findings' ? read(row.finding, zone) : '';

export const columnsOf: Readonly<Record<Listed['list'], readonly RowColumn[]>> = {
  gaps: [
    { id: 'cause', title: 'Cause', width: 152, text: ofGap(({ cause }) => gapCauseNames[cause]) },
    { id: 'from', title: 'From', width: 200, text: ofGap(({ from }, zone) => formatInstant(from, zone)) },
    { id: 'until', title: 'Until', width: 200, text: ofGap(({ until }, zone) => formatInstant(until, zone)) },
    {
      id: 'length',
      title: 'Length',
      width: 84,
      align: 'right',
      text: ofGap(({ from, until }) => formatDuration(until - from)),
    },
    {
      id: 'bars',
      title: 'Bars',
      hint: 'Bars of the regular hours that are not there',
      width: 64,
      align: 'right',
      text: ofGap(({ bars }) => (bars === 0 ? '' : formatCount(bars))),
    },
    { id: 'reason', title: 'Why', width: 140, text: ofGap(({ reason }) => reason ?? '') },
  ],
  findings: [
    { id: 'kind', title: 'Kind', width: 112, text: ofFinding(({ kind }) => findingMeanings[kind].title) },
    { id: 'from', title: 'Bar', width: 200, text: ofFinding(({ from }, zone) => formatInstant(from, zone)) },
    {
      id: 'rows',
      title: 'Rows',
      hint: 'Neighbours with the same fault are one finding',
      width: 64,
      align: 'right',
      text: ofFinding(({ rows }) => formatCount(rows)),
    },
    { id: 'detail', title: 'What was found', width: 260, text: ofFinding(({ detail }) => detail) },
  ],
};

/** From the first to behind the last instant of a row. */
export function spanOfRow(row: QualityRow): { readonly from: number; readonly until: number } {
  if (row.list === 'gaps') return { from: row.gap.from, until: row.gap.until };
  return { from: row.finding.from, until: row.finding.through };
}
