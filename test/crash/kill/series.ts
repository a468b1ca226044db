import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY, HOUR } from '#shared/units';
import { firstMinute } from './appender.ts';
import type { Errand, Errands, Rows } from './errands.ts';
import { viewportCommand, type PrintedView } from './faults.ts';

/** Rows of one name that one chore alone writes: it knows which of them there have to be. */
export interface Series {
  readonly rows: () => Rows;
  /** What it holds and rows that come after all that were written before, over several days. */
  readonly withMore: () => Rows;
  /** What it holds but for one day, which has other rows than ever before. */
  readonly withOtherDay: (dayMs: number) => Rows;
  /** Has something done after which it holds these rows; those that it holds already where none are given. */
  readonly change: (
    errand: Pick<Errand, 'args' | 'input' | 'doneBefore'>,
    after?: Rows,
  ) => Promise<readonly string[]>;
  /** What the store shows of it. */
  readonly read: () => Promise<Rows>;
}

/** Midnight of the first day that any of them has rows of. */
export const firstDay = Math.floor(firstMinute / DAY) * DAY + DAY;
const rowsAtOnce = 20;
/** Several to a day, several days in one go; divisible by the timeframes that chores use. */
const rowsApart = 2 * HOUR;
const rowsADay = DAY / rowsApart;

export function createSeries(errands: Errands, read: () => Promise<Rows>): Series {
  let rows: Rows = new Map();
  let count = 0;
  return {
    read,
    rows: () => rows,
    withMore() {
      const more = new Map(rows);
      for (let index = 0; index < rowsAtOnce; index += 1)
        more.set(firstDay + count * rowsApart, (count += 1));
      return more;
    },
    withOtherDay(dayMs) {
      const others = new Map([...rows].filter(([ts]) => ts < dayMs || ts >= dayMs + DAY));
      for (let index = 0; index < rowsADay; index += 1) {
        count += 1;
        if (errands.random.isTrue(0.7)) others.set(dayMs + index * rowsApart, count);
      }
      return others;
    },
    async change(errand, after = rows) {
      const faults = await errands.do({ ...errand, read, before: rows, after });
      rows = after;
      return faults;
    },
  };
}

/** Bars by their volumes, as a chart gets them. */
export async function readBars(errands: Errands, symbol: string, timeframe: string): Promise<Rows> {
  const view = JSON.parse(await errands.ask(viewportCommand(symbol, timeframe))) as PrintedView;
  const [bad] = view.unreadable;
  if (bad !== undefined) throw new Error(`A viewport could not read ${bad.path}: ${bad.reason}`);
  return new Map(view.candles.map(({ ts, volume }) => [ts, volume]));
}

/** As `append candles` takes them. */
export function barLines(symbol: string, timeframe: string, rows: Rows): string {
  const bar = { symbol, timeframe, open: 1, high: 1, low: 1, close: 1 };
  return [...rows].map(([ts, volume]) => JSON.stringify({ ...bar, ts, volume })).join('\n');
}

/** As a file of another program has them. */
export function barsAsCsv(rows: Rows): string {
  const lines = [...rows].map(([ts, volume]) => `${formatIsoUtc(ts)},1,1,1,1,${volume}`);
  return ['time,open,high,low,close,volume', ...lines].join('\n');
}
