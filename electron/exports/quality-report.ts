import type { Finding, SeriesQuality } from '#shared/domain/quality';
import { sourceTimeframe } from '#shared/domain/rollup';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { companionName, type Companion } from './companions/companion.ts';
import { qualityPage } from './companions/quality-page.ts';
import { rangeOf, type ResolvedExport } from './resolve-request.ts';

/** What is asked of the store's bars and objects. */
export interface QualityQuestions {
  readonly assess: (
    series: {
      readonly symbol: string;
      readonly timeframe: string;
      readonly from?: number;
      readonly until?: number;
    },
    signal?: AbortSignal,
  ) => Promise<SeriesQuality>;
  /** Chart objects of a symbol that point nowhere. */
  readonly objects: (symbol: string, signal?: AbortSignal) => Promise<readonly Finding[]>;
}

/** The file beside an export that says how good what was exported is. It holds no time of day. */
export interface QualityReport {
  readonly kind: 'tapedeck-quality';
  readonly version: 1;
  /** Of the bars that were exported, or that exported ones were made of. */
  readonly series: readonly SeriesQuality[];
  /** Chart objects of the exported symbols that point nowhere. */
  readonly objects: readonly Finding[];
}

/** How good the rows of an export are: as JSON, and as a page that needs nothing else. */
export async function qualityCompanions(
  questions: QualityQuestions,
  timeframesOf: (symbol: string) => readonly Timeframe[],
  resolved: ResolvedExport,
  signal?: AbortSignal,
): Promise<readonly Companion[]> {
  const { symbols, work, request, profile, destination, datasets } = resolved;
  // Where no range was asked for, nothing is expected before the first bar and behind the last one.
  const [from, until] = rangeOf(work);
  const range = {
    ...(request.from === undefined ? {} : { from }),
    ...(request.until === undefined ? {} : { until }),
  };
  const asked = parseTimeframe(request.timeframe ?? '');
  const written = parseTimeframe(work.timeframe ?? '');
  const series: SeriesQuality[] = [];
  const objects: Finding[] = [];
  for (const symbol of symbols) {
    const source = sourceOf(timeframesOf(symbol), asked, written);
    if (source !== null) series.push(await questions.assess({ symbol, timeframe: source, ...range }, signal));
    if (datasets.includes('objects')) objects.push(...(await questions.objects(symbol, signal)));
  }
  const report: QualityReport = { kind: 'tapedeck-quality', version: 1, series, objects };
  const pathOf = (name: string) =>
    profile.format === 'lean' ? `tapedeck/${profile.id}.${name}` : companionName(destination, name);
  return [
    { path: pathOf('quality.json'), text: `${JSON.stringify(report, null, 1)}\n` },
    { path: pathOf('quality.html'), text: qualityPage(report) },
  ];
}

/** The stored bars that exported ones are, or are made of; of objects alone the shortest. */
function sourceOf(
  stored: readonly Timeframe[],
  asked: Timeframe | null,
  written: Timeframe | null,
): Timeframe | null {
  const wanted = written ?? asked;
  if (wanted === null) return stored[0] ?? null;
  return sourceTimeframe(wanted, asked !== null && stored.includes(asked) ? [asked] : stored);
}
