import type { ObjectState } from '#shared/domain/chart-object';
import type { Finding } from '#shared/domain/quality';
import type { SymbolSummary } from '#shared/domain/store-summary';
import { timeframeLength } from '#shared/domain/timeframe';
import type { Clock } from '../../platform/clock.ts';
import type { BarReader } from '../bar-reader.ts';
import type { ObjectReader } from '../object-reader.ts';
import type { Series } from '../series.ts';
import { nowhere, objectFinding, parentOf, type SymbolBars } from './point-nowhere.ts';

export interface ObjectParts {
  readonly objects: ObjectReader;
  readonly series: Series;
  readonly bars: BarReader;
  readonly clock: Clock;
}

export interface ObjectNowhere {
  readonly timeframe: string;
  readonly finding: Finding;
}

/** Chart objects that point nowhere, of one symbol or of all, by when they begin. */
export async function objectsNowhere(
  { objects, series, bars, clock }: ObjectParts,
  symbol: string | undefined,
  signal?: AbortSignal,
): Promise<readonly ObjectNowhere[]> {
  const now = clock();
  const known = (await objects.asOf(now, symbol, signal)).objects;
  if (known.length === 0) return [];
  let ids = idsOf(known);
  const isParentElsewhere = known.some(({ payload }) => {
    const parent = parentOf(payload);
    return parent !== null && !ids.has(parent);
  });
  // It may be of another symbol. That is seldom, and reading all of them takes long.
  if (symbol !== undefined && isParentElsewhere)
    ids = idsOf((await objects.asOf(now, undefined, signal)).objects);
  const summaries = new Map(series.list().map((summary) => [summary.symbol, barsOf(bars, summary)]));
  const found: ObjectNowhere[] = [];
  for (const object of known) {
    signal?.throwIfAborted();
    const reason = await nowhere(object, summaries.get(object.symbol), ids);
    if (reason !== null) found.push({ timeframe: object.timeframe, finding: objectFinding(object, reason) });
  }
  return found.sort((a, b) => a.finding.from - b.finding.from);
}

function idsOf(objects: readonly ObjectState[]): ReadonlySet<string> {
  return new Set(objects.map(({ object_id: id }) => id));
}

function barsOf(bars: BarReader, { symbol, timeframes }: SymbolSummary): SymbolBars | undefined {
  const [finest] = timeframes;
  if (finest === undefined) return undefined;
  return {
    timeframes: timeframes.map(({ timeframe }) => timeframe),
    from: Math.min(...timeframes.map(({ first }) => first)),
    until: Math.max(...timeframes.map(({ last, timeframe }) => last + timeframeLength(timeframe))),
    async hasBars(from, until) {
      for (const { timeframe } of timeframes) {
        const start = from - timeframeLength(timeframe) + 1;
        const found = await bars.read({ symbol, timeframe, from: start, until, levels: 'all' });
        if (found.bars.ts.length > 0) return true;
      }
      return false;
    },
  };
}
