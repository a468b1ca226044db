import type { Advice, FindingKind, GapCause, QualityScore } from '#shared/domain/quality';
import type { UnreadableFile } from '#shared/domain/viewport';

export interface AdviceFacts {
  readonly score: QualityScore;
  readonly missingGaps: number;
  readonly gapBars: Readonly<Record<GapCause, number>>;
  readonly quietBars: number;
  readonly findingRows: Readonly<Record<FindingKind, number>>;
  readonly unreadable: readonly UnreadableFile[];
  readonly isInNewYorkHours: boolean;
}

/** What to do about what was found, the most urgent first. */
export function advise(facts: AdviceFacts): readonly Advice[] {
  const { gapBars, missingGaps, quietBars, findingRows: rows, unreadable } = facts;
  const advice: Advice[] = [];
  const add = (count: number, about: Advice['about'], action: Advice['action'], text: string) => {
    if (count > 0) advice.push({ text, action, about });
  };
  add(
    unreadable.length,
    'files',
    'look',
    `${counted(unreadable.length, 'file')} cannot be read: check the store's files and repair it.`,
  );
  add(
    Number(facts.isInNewYorkHours),
    'calendar',
    'look',
    "All bars lie in the hours of New York's exchanges, but the calendar never closes: set the symbol's calendar to us-equity in the store's settings.",
  );
  add(
    gapBars.missing,
    'missing',
    'import',
    `${counted(gapBars.missing, 'bar')} in ${counted(missingGaps, 'gap')} are missing: import the range again, or mark a gap as expected where nothing was traded.`,
  );
  const bad = rows.bounds + rows['high-low'] + rows.misaligned;
  add(
    bad,
    badKind(rows),
    'quarantine',
    `${counted(bad, 'fault')} in values or times that no bar can have: quarantine those rows and import them again.`,
  );
  const written = rows.conflict + rows.disorder;
  add(
    written,
    rows.conflict > 0 ? 'conflict' : 'disorder',
    'compact',
    `${counted(written, 'row')} were written twice with other values or stand out of order: compacting keeps the last value of each bar and sorts the files.`,
  );
  const jumps = rows.spike + rows.outlier;
  add(
    jumps,
    rows.spike > 0 ? 'spike' : 'outlier',
    'look',
    `${counted(jumps, 'bar')} jump: look at them on the chart; news is true, a spike that comes back at once hardly ever.`,
  );
  add(
    gapBars.halt,
    'halt',
    'look',
    `${counted(gapBars.halt, 'bar')} are put down to halts: if the exchange reported none, import the range again.`,
  );
  add(
    rows['closed-hours'],
    'closed-hours',
    'look',
    `${counted(rows['closed-hours'], 'bar')} open while the market is closed: look whether the symbol has the right session calendar and the files the right time zone.`,
  );
  add(
    rows.object,
    'object',
    'look',
    `${counted(rows.object, 'chart object')} point nowhere: import the bars they were found on, or close them.`,
  );
  add(
    quietBars,
    'quiet',
    'none',
    `${counted(quietBars, 'bar')} are put down to a quiet market, in which nobody traded: they are not expected.`,
  );
  add(
    rows['zero-volume'],
    'zero-volume',
    'look',
    `${counted(rows['zero-volume'], 'bar')} have no volume: some feeds fill minutes without trades with the last price.`,
  );
  add(
    rows.repeat,
    'repeat',
    'compact',
    `${counted(rows.repeat, 'row')} are there twice with the same values: nothing is wrong, compacting frees their space.`,
  );
  if (advice.length === 0)
    advice.push({ text: 'Nothing to do: all expected bars are there.', action: 'none', about: 'all' });
  return advice;
}

function badKind(rows: AdviceFacts['findingRows']): FindingKind {
  if (rows.bounds > 0) return 'bounds';
  return rows['high-low'] > 0 ? 'high-low' : 'misaligned';
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
