import { findingKinds, findingMeanings, type SeriesQuality } from '#shared/domain/quality';
import type { QualityCheckRequest, QualityOverview, SeriesVerdict } from '#shared/domain/quality-overview';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import { contract } from '#shared/ipc';
import type { Clock } from '../../platform/clock.ts';
import type { Quality } from '../../queries/quality/quality.ts';
import type { Series } from '../../queries/series.ts';
import type { JobKind } from '../queue/job-kind.ts';

interface SeriesToCheck {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly bars: number;
}

export interface QualityCheckPlan {
  /** By timeframe, so that what lies in the same files is looked at together. */
  readonly series: readonly SeriesToCheck[];
}

export type QualityCheckKind = JobKind<QualityCheckRequest, QualityCheckPlan, QualityOverview>;

/** Looking at how good all series are, or some of them. Writes nothing in the store. */
export function createQualityCheckKind(quality: Quality, series: Series, clock: Clock): QualityCheckKind {
  return {
    kind: 'quality',
    plan: (request) => Promise.resolve({ series: seriesToCheck(series, request) }),
    title: ({ series: [first, ...others] }) =>
      first === undefined || others.length > 0
        ? `Quality of ${first === undefined ? 0 : others.length + 1} series`
        : `Quality of ${first.symbol} ${first.timeframe}`,
    partitionsOf: () => [],
    async run({ series: wanted }, { signal, progress, log, reportSoFar }) {
      const atMs = clock();
      const verdicts: SeriesVerdict[] = [];
      const barsOf = new Map(wanted.map((each) => [nameOf(each), each.bars]));
      let rows = 0;
      progress({ rowsTotal: wanted.reduce((sum, { bars }) => sum + bars, 0) });
      await quality.assessEach(
        wanted.map(({ symbol, timeframe }) => ({ symbol, timeframe })),
        (found) => {
          verdicts.push(verdictOf(found));
          rows += barsOf.get(nameOf(found)) ?? 0;
          progress({ rows, doing: `${nameOf(found)}, ${verdicts.length} of ${wanted.length}` });
          log(`${nameOf(found)}: ${found.score.grade ?? 'no grade'} ${found.score.score ?? ''}`.trimEnd());
          reportSoFar({ atMs, series: inOrder(verdicts) });
        },
        signal,
      );
      return { atMs, series: inOrder(verdicts) };
    },
    readsOnly: () => true,
    resume: contract.quality.startCheck.args,
  };
}

function seriesToCheck(series: Series, { symbols, timeframe }: QualityCheckRequest): SeriesToCheck[] {
  const only = timeframe === undefined ? null : parseTimeframe(timeframe);
  if (timeframe !== undefined && only === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${timeframe} is not one such as 5m or 1h`);
  const stored = series.list();
  const unknown = symbols?.find((symbol) => !stored.some((each) => each.symbol === symbol));
  if (unknown !== undefined)
    throw new WorkbenchError('argument-invalid', `symbols: the store has no symbol ${unknown}`);
  const wanted = stored
    .filter(({ symbol }) => symbols === undefined || symbols.includes(symbol))
    .flatMap((each) =>
      each.timeframes
        .filter((own) => only === null || own.timeframe === only)
        .map((own) => ({ symbol: each.symbol, timeframe: own.timeframe, bars: own.bars })),
    );
  if (wanted.length === 0) throw new WorkbenchError('dataset-missing', 'There are no bars to look at');
  return wanted.sort(
    (a, b) => timeframeLength(a.timeframe) - timeframeLength(b.timeframe) || compareText(a.symbol, b.symbol),
  );
}

function verdictOf(found: SeriesQuality): SeriesVerdict {
  const { symbol, timeframe, from, until, score, gapBars, findingRows, advice } = found;
  return {
    ...{ symbol, timeframe, from, until, score },
    missingBars: gapBars.missing,
    suspectRows: findingKinds
      .filter((kind) => findingMeanings[kind].weight === 'suspect')
      .reduce((sum, kind) => sum + findingRows[kind], 0),
    advice: advice[0]?.text ?? '',
  };
}

function inOrder(verdicts: readonly SeriesVerdict[]): readonly SeriesVerdict[] {
  return verdicts.toSorted(
    (a, b) => compareText(a.symbol, b.symbol) || timeframeLength(a.timeframe) - timeframeLength(b.timeframe),
  );
}

function nameOf({ symbol, timeframe }: Pick<SeriesToCheck, 'symbol' | 'timeframe'>): string {
  return `${symbol} ${timeframe}`;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
