import type { ObjectEvent } from '#shared/domain/chart-object';
import { HOUR, MINUTE } from '#shared/units';
import { valueAt, type DetectionSeries } from './detection-series.ts';
import { createHistories, type ObjectHistory, type ObjectShape } from './object-history.ts';

type Session = DetectionSeries['sessions'][number];
type Histories = ReturnType<typeof createHistories>;

interface LevelStart {
  readonly kind: string;
  readonly label: string;
  readonly side: 'support' | 'resistance';
  readonly price: number;
  /** Where the level begins, and when it was known. */
  readonly from: number;
  readonly knownAt: number;
  readonly firstIndex: number;
}

/** Levels that yesterday's range is farther from than this, as a share of that range, are not drawn. */
const reach = 0.75;

/**
 * The high and low of the day before, and each week's opening range: touched, then broken by a close beyond them or
 * taken off at the end of the session.
 */
export function findLevels(series: DetectionSeries): readonly ObjectEvent[] {
  const histories = createHistories(series, 'level');
  series.sessions.forEach((session, number) => {
    const before = series.sessions[number - 1];
    if (before === undefined || before.end === before.first || session.end === session.first) return;
    const starts = [...previousDay(series, before, session), ...openingRange(series, before, session)];
    for (const start of starts) trace(series, session, start, histories);
  });
  return histories.events;
}

function previousDay(series: DetectionSeries, before: Session, session: Session): readonly LevelStart[] {
  const { high, low } = extremes(series, before.first, before.end);
  const open = valueAt(series.bars.open, session.first);
  const common = { from: session.from, knownAt: session.from, firstIndex: session.first };
  const levels: readonly LevelStart[] = [
    { ...common, kind: 'previous-day-high', label: 'PDH', side: 'resistance', price: high },
    { ...common, kind: 'previous-day-low', label: 'PDL', side: 'support', price: low },
  ];
  return levels.filter(({ price }) => Math.abs(price - open) <= reach * (high - low));
}

/** The first half hour of a week's first session; an hour where the week begins in the quiet of the night. */
function openingRange(series: DetectionSeries, before: Session, session: Session): readonly LevelStart[] {
  const isFirstOfWeek = weekOf(before.from) !== weekOf(session.from);
  if (!isFirstOfWeek) return [];
  const knownAt = session.from + (series.calendar === 'us-equity' ? 30 * MINUTE : HOUR);
  let firstIndex = session.first;
  while (firstIndex < session.end && valueAt(series.bars.ts, firstIndex) < knownAt) firstIndex += 1;
  if (firstIndex === session.first) return [];
  const { high, low } = extremes(series, session.first, firstIndex);
  const common = { from: session.from, knownAt, firstIndex };
  return [
    { ...common, kind: 'opening-range-high', label: 'OR high', side: 'resistance', price: high },
    { ...common, kind: 'opening-range-low', label: 'OR low', side: 'support', price: low },
  ];
}

function trace(series: DetectionSeries, session: Session, start: LevelStart, histories: Histories): void {
  const history = histories.open();
  let touches = 0;
  let wasTouched = false;
  history.at('create', start.knownAt, shapeOf(start, touches, 'open'), 'session');
  for (let index = start.firstIndex; index < session.end; index += 1) {
    const slack = 0.05 * valueAt(series.range, index);
    if (isBroken(series, index, start)) {
      history.atBar('close', index, shapeOf(start, touches, 'broken'), 'broken');
      return;
    }
    const isTouched =
      valueAt(series.bars.low, index) <= start.price + slack &&
      valueAt(series.bars.high, index) >= start.price - slack;
    if (isTouched && !wasTouched) {
      touches += 1;
      history.atBar('update', index, shapeOf(start, touches, 'open'), 'touched');
    }
    wasTouched = isTouched;
  }
  endOfSession(series, session, history, shapeOf(start, touches, 'held'));
}

/** The last session may still be running where the bars end. */
function endOfSession(
  series: DetectionSeries,
  session: Session,
  history: ObjectHistory,
  shape: ObjectShape,
): void {
  const isOver = valueAt(series.bars.ts, session.end - 1) + series.length >= session.until;
  const isLast = session.end === series.bars.ts.length;
  if (isOver || !isLast) history.at('close', session.until, shape, 'session-end');
}

function isBroken({ bars, range }: DetectionSeries, index: number, { side, price }: LevelStart): boolean {
  const beyond = 0.5 * valueAt(range, index);
  const close = valueAt(bars.close, index);
  return side === 'resistance' ? close > price + beyond : close < price - beyond;
}

function shapeOf(
  { kind, label, side, price, from }: LevelStart,
  touches: number,
  status: string,
): ObjectShape {
  return { from, low: price, high: price, price, payload: { kind, label, side, status, touches } };
}

function extremes({ bars }: DetectionSeries, first: number, end: number) {
  let [high, low] = [-Infinity, Infinity];
  for (let index = first; index < end; index += 1) {
    high = Math.max(high, valueAt(bars.high, index));
    low = Math.min(low, valueAt(bars.low, index));
  }
  return { high, low };
}

/** Weeks that begin on Sunday, as the currency week does. */
function weekOf(ts: number): number {
  return Math.floor((ts / (24 * HOUR) + 4) / 7);
}
