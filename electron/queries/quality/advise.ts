import { counted } from '#shared/counted';
import type { Advice, FindingKind, GapCause, QualityScore } from '#shared/domain/quality';
import type { CalendarId } from '#shared/domain/session-calendar';
import type { UnreadableFile } from '#shared/domain/viewport';

export interface AdviceFacts {
  readonly score: QualityScore;
  readonly missingGaps: number;
  readonly gapBars: Readonly<Record<GapCause, number>>;
  readonly quietBars: number;
  readonly findingRows: Readonly<Record<FindingKind, number>>;
  readonly unreadable: readonly UnreadableFile[];
  /** Whose hours the bars keep, though their own calendar never closes. */
  readonly keptCalendar: CalendarId | null;
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
    `Unreadable: ${counted(unreadable.length, 'file')}. Check the store's files and repair it.`,
  );
  add(
    Number(facts.keptCalendar !== null),
    'calendar',
    'look',
    `All bars lie in ${facts.keptCalendar === 'fx' ? 'the week of currencies' : "the hours of New York's exchanges"}, but the calendar never closes: set the symbol's calendar to ${facts.keptCalendar ?? ''} in the store's settings.`,
  );
  add(
    gapBars.missing,
    'missing',
    'import',
    `Missing: ${counted(gapBars.missing, 'bar')} in ${counted(missingGaps, 'gap')}. Import the range again, or mark a gap as expected where nothing was traded.`,
  );
  const bad = rows.bounds + rows['high-low'] + rows.misaligned;
  add(
    bad,
    badKind(rows),
    'quarantine',
    `Values or times that no bar can have: ${counted(bad, 'fault')}. Quarantine those rows and import them again.`,
  );
  const written = rows.conflict + rows.disorder;
  add(
    written,
    rows.conflict > 0 ? 'conflict' : 'disorder',
    'compact',
    `Written twice with other values, or out of order: ${counted(written, 'row')}. Compacting keeps the last value of each bar and sorts the files.`,
  );
  const jumps = rows.spike + rows.outlier;
  add(
    jumps,
    rows.spike > 0 ? 'spike' : 'outlier',
    'look',
    `Jumps: ${counted(jumps, 'bar')}. Look at them on the chart; news is true, a spike that comes back at once hardly ever.`,
  );
  add(
    gapBars.halt,
    'halt',
    'look',
    `Put down to halts: ${counted(gapBars.halt, 'bar')}. If the exchange reported none, import the range again.`,
  );
  add(
    rows['closed-hours'],
    'closed-hours',
    'look',
    `Open while the market is closed: ${counted(rows['closed-hours'], 'bar')}. Look whether the symbol has the right session calendar and the files the right time zone.`,
  );
  add(
    rows.object,
    'object',
    'look',
    `Pointing nowhere: ${counted(rows.object, 'chart object')}. Import the bars they were found on, or close them.`,
  );
  add(
    quietBars,
    'quiet',
    'none',
    `Put down to a quiet market in which nobody traded: ${counted(quietBars, 'bar')}, which count as not expected.`,
  );
  add(
    rows['zero-volume'],
    'zero-volume',
    'look',
    `Without volume: ${counted(rows['zero-volume'], 'bar')}. Some feeds fill minutes without trades with the last price.`,
  );
  add(
    rows.repeat,
    'repeat',
    'compact',
    `There twice with the same values: ${counted(rows.repeat, 'row')}. Nothing is wrong; compacting frees their space.`,
  );
  if (advice.length === 0)
    advice.push({ text: 'Nothing to do: all expected bars are there.', action: 'none', about: 'all' });
  return advice;
}

function badKind(rows: AdviceFacts['findingRows']): FindingKind {
  if (rows.bounds > 0) return 'bounds';
  return rows['high-low'] > 0 ? 'high-low' : 'misaligned';
}
