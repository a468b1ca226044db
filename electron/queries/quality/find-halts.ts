import type { CalendarId } from '#shared/domain/session-calendar';
import type { SymbolSummary } from '#shared/domain/store-summary';
import { timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { DAY } from '#shared/units';
import type { BarReader } from '../bar-reader.ts';
import type { Series } from '../series.ts';
import type { CoveredDay } from './cover-sessions.ts';
import { isHalt, mayBeHalt, type ExplainedRun } from './explain-runs.ts';

export interface HaltParts {
  /** Reads the bars of other symbols. */
  readonly bars: BarReader;
  readonly series: Series;
  readonly calendarOf: (symbol: string) => CalendarId;
}

interface OwnSeries {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
}

/** Runs of one series that are looked at for halts; the others count as missing. */
const mostHaltsLookedAt = 400;
const mostOthers = 5;

/** Looks at what other symbols did meanwhile. Only exchanges of shares halt single symbols. */
export async function findHalts(
  { series, bars, calendarOf }: HaltParts,
  own: OwnSeries,
  runs: readonly ExplainedRun[],
  days: readonly CoveredDay[],
  signal?: AbortSignal,
): Promise<readonly ExplainedRun[]> {
  const { timeframe, calendar } = own;
  if (calendar !== 'us-equity' || timeframeLength(timeframe) >= DAY) return runs;
  const others = fullest(series.list(), own, calendarOf);
  if (others.length === 0) return runs;
  let lookedAt = 0;
  const explained: ExplainedRun[] = [];
  for (const run of runs) {
    if (run.cause !== 'missing' || !mayBeHalt(run, days) || lookedAt >= mostHaltsLookedAt) {
      explained.push(run);
      continue;
    }
    lookedAt += 1;
    signal?.throwIfAborted();
    const counts: number[] = [];
    for (const { symbol, first, last } of others) {
      if (first > run.from || last < run.from) continue;
      const wanted = { symbol, timeframe, from: run.from, until: run.until, levels: 'all' } as const;
      counts.push((await bars.read(wanted, signal)).bars.ts.length);
    }
    const trading = counts.filter((count) => count * 2 >= run.bars).length;
    explained.push(
      isHalt(run.bars, counts)
        ? { ...run, cause: 'halt', reason: `${trading} of ${counts.length} other symbols traded on` }
        : run,
    );
  }
  return explained;
}

function fullest(
  symbols: readonly SymbolSummary[],
  { symbol, timeframe, calendar }: OwnSeries,
  calendarOf: (symbol: string) => CalendarId,
) {
  return symbols
    .filter((each) => each.symbol !== symbol && calendarOf(each.symbol) === calendar)
    .flatMap((each) => {
      const stored = each.timeframes.find((coverage) => coverage.timeframe === timeframe);
      return stored === undefined ? [] : [{ symbol: each.symbol, ...stored }];
    })
    .sort((a, b) => b.bars - a.bars || (a.symbol < b.symbol ? -1 : 1))
    .slice(0, mostOthers);
}
