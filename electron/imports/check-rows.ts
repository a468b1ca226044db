import { counted } from '#shared/counted';
import { resolutionIn, type Dataset, type StoredRow } from '#schemas/define-dataset';
import { validateRow } from '#schemas/validate-row';
import type { CandidateRow } from '../engine/read-candidates.ts';
import { firstCompactedLevel, periodOf } from '../storage/layout.ts';
import { rowKey } from '../storage/row-key.ts';

/** A row of a file that was refused, or that lies in the wrong file. */
export interface FaultyRow {
  /** Place in its file, from 0. */
  readonly row: number;
  readonly field: string;
  readonly reason: string;
}

export interface CheckedRows {
  /** Rows that are right and in their place, in the order of the file. */
  readonly good: readonly StoredRow[];
  /** Rows that are right but belong to another day or timeframe. */
  readonly misplaced: readonly { readonly row: StoredRow; readonly fault: FaultyRow }[];
  readonly bad: readonly FaultyRow[];
  /** Rows of `good` whose key a later row of the file has too. */
  readonly repeats: number;
  /** False when some text beside an instant is spelled in another way than ours. */
  readonly hasOwnIso: boolean;
}

/** What the name and folder of a file promise of its rows. */
export interface Place {
  readonly timeframe: string;
  /** Day, month or year. */
  readonly partition: string;
}

/** Checks the rows of one file as rows that come by themselves are checked, and against where the file lies. */
export function checkRows(dataset: Dataset, candidates: readonly CandidateRow[], place: Place): CheckedRows {
  const good: StoredRow[] = [];
  const misplaced: { row: StoredRow; fault: FaultyRow }[] = [];
  const bad: FaultyRow[] = [];
  const keys = new Set<string>();
  for (const candidate of candidates) {
    const verdict = checkRow(dataset, candidate);
    if ('fault' in verdict) {
      bad.push(verdict.fault);
      continue;
    }
    const fault = placeFault(dataset, verdict.row, place);
    if (fault === null) {
      good.push(verdict.row);
      keys.add(rowKey(dataset, verdict.row));
    } else misplaced.push({ row: verdict.row, fault: { row: candidate.row, ...fault } });
  }
  return {
    good,
    misplaced,
    bad,
    repeats: good.length - keys.size,
    hasOwnIso: candidates.every(({ hasOwnIso }) => hasOwnIso),
  };
}

/** One row, put in the dataset's column order. */
export function checkRow(
  dataset: Dataset,
  { row, values, fault }: CandidateRow,
): { readonly row: StoredRow } | { readonly fault: FaultyRow } {
  if (fault !== null) {
    return {
      fault: {
        row,
        field: fault.column,
        reason: `is no such value: ${JSON.stringify(fault.value.slice(0, 60))}`,
      },
    };
  }
  // Derived columns follow from the others; instants are ms by now, so that no zone is asked for.
  const given = Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => !['iso', 'version'].includes(dataset.columns[name]?.kind ?? ''),
    ),
  );
  const verdict = validateRow(dataset, given, 'UTC');
  return verdict.ok ? { row: verdict.row } : { fault: { row, field: verdict.field, reason: verdict.reason } };
}

function placeFault(
  dataset: Dataset,
  row: StoredRow,
  { timeframe, partition }: Place,
): Omit<FaultyRow, 'row'> | null {
  const names = Object.keys(dataset.columns);
  const own = String(row[names.indexOf('timeframe')]);
  if (resolutionIn(dataset, own) !== timeframe)
    return { field: 'timeframe', reason: `is ${own} in a file of ${timeframe}` };
  const ts = Number(row[names.indexOf(dataset.instant)]);
  const period = periodOf(firstCompactedLevel(dataset), ts);
  if (period.startsWith(partition) || partition.startsWith(period)) return null;
  return {
    field: dataset.instant,
    reason: `rows of another day: ${new Date(ts).toISOString()} is not in ${partition}`,
  };
}

/** How many rows of a file were refused, and the first of them. */
export function badRowsText(bad: readonly FaultyRow[]): string {
  const [first] = bad;
  const rows = counted(bad.length, 'row was', 'rows were');
  return `${rows} left out; row ${Number(first?.row) + 1}: ${first?.field} ${first?.reason}`;
}

const mostListed = 1_000;

/** What the note beside a refused file says: rows counted from 1, and not more of them than a person reads. */
export function faultDetails(stored: number, faults: readonly FaultyRow[]) {
  return {
    stored,
    refused: faults.length,
    rows: faults.slice(0, mostListed).map((fault) => ({ ...fault, row: fault.row + 1 })),
  };
}
