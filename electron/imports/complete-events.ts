import type { CandidateRow } from '../engine/read-candidates.ts';
import type { PlainRow } from '../engine/read-rows.ts';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { groupBy } from '#shared/group-by';

/** An event of another writer, and the file it is from. */
export interface ForeignEvent extends CandidateRow {
  readonly path: string;
  /** A state without a history: counts only where no event speaks of its object. */
  readonly isState: boolean;
  /** From a file of ours: nothing is missing, and another writing of the same event adds nothing. */
  readonly isWhole: boolean;
}

/** Open of a bar by the index that its writer gave it; null when no stored bar has that index. */
export type BarTime = (symbol: string, timeframe: string, index: number) => number | null;

/** What is taken for granted of objects of which no event says it. */
export interface EventDefaults {
  readonly symbol?: string | undefined;
  readonly timeframe: string;
}

type Value = PlainRow[string];

/** Columns that an event which only says what happened leaves empty. */
const carried = ['symbol', 'timeframe', 'y_min', 'y_max', 'y', 'payload'] as const;

/**
 * Makes every event carry the whole state of its object, as ours do: what one leaves out it takes from the event
 * before. An index of a bar becomes its open. Events of one instant are counted apart; one that is there twice stays once.
 */
export function completeEvents(
  events: readonly ForeignEvent[],
  barTime: BarTime,
  defaults: EventDefaults,
): ForeignEvent[] {
  const byObject = groupBy(events, ({ values }) => values['object_id'] ?? null);
  return [...byObject.values()].flatMap((history) => {
    const told = history.filter(({ isState }) => !isState);
    return completeHistory(told.length > 0 ? told : history, barTime, defaults);
  });
}

function completeHistory(
  history: readonly ForeignEvent[],
  barTime: BarTime,
  defaults: EventDefaults,
): ForeignEvent[] {
  const completed: ForeignEvent[] = [];
  const seen = new Set(history.flatMap(({ isWhole, values }) => (isWhole ? [fingerprint(values)] : [])));
  let previous: Values | undefined;
  for (const event of history.toSorted(byTimeAndCount)) {
    const values = event.isWhole ? event.values : completeValues(event, previous, barTime, defaults);
    const isRepeat = !event.isWhole && seen.has(fingerprint(values));
    seen.add(fingerprint(values));
    if (isRepeat) continue;
    previous = event.isWhole ? values : countedApart(values, previous);
    completed.push({ ...event, values: previous });
  }
  return completed;
}

type Values = Readonly<Record<string, Value>>;

function completeValues(
  { values: given, barIndex, isState }: ForeignEvent,
  previous: Values | undefined,
  barTime: BarTime,
  defaults: EventDefaults,
): Values {
  const values: Record<string, Value> = { ...given };
  const drawsNothing = values['y_min'] === null && values['y_max'] === null && values['y'] === null;
  if (previous !== undefined) {
    if (drawsNothing) values['object_type'] = previous['object_type'] ?? null;
    for (const name of carried) values[name] ??= previous[name] ?? null;
    const saysNoStart = barIndex === null && values['t_start'] === values['event_ts'];
    if (saysNoStart) values['t_start'] = previous['t_start'] ?? null;
  }
  values['symbol'] ??= defaults.symbol ?? null;
  values['timeframe'] ??= defaults.timeframe;
  if (barIndex !== null) {
    const open = barTime(String(values['symbol']), String(values['timeframe']).toLowerCase(), barIndex);
    values['t_start'] = open ?? previous?.['t_start'] ?? values['event_ts'] ?? null;
  }
  if (isState) knowFromStart(values);
  return values;
}

/** A state that does not say since when it is known, is taken to be known from where its object begins. */
function knowFromStart(values: Record<string, Value>): void {
  const start = values['t_start'];
  if (values['event_ts'] !== null || typeof start !== 'number') return;
  values['event_ts'] = start;
  values['event_ts_iso'] = formatIsoUtc(start);
}

function countedApart(values: Values, previous: Values | undefined): Values {
  if (previous === undefined || previous['event_ts'] !== values['event_ts']) return values;
  return { ...values, sequence: Math.max(Number(values['sequence']), Number(previous['sequence']) + 1) };
}

/** What an event says, whatever its count. */
function fingerprint(values: Values): string {
  return JSON.stringify(Object.entries(values).filter(([name]) => name !== 'sequence'));
}

function byTimeAndCount(a: ForeignEvent, b: ForeignEvent): number {
  const by = (name: string) => Number(a.values[name]) - Number(b.values[name]);
  const wholeFirst = Number(b.isWhole) - Number(a.isWhole);
  return (
    by('event_ts') ||
    by('sequence') ||
    wholeFirst ||
    (a.path === b.path ? a.row - b.row : a.path < b.path ? -1 : 1)
  );
}
