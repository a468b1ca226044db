import type { CalendarId } from '#shared/domain/session-calendar';
import type { SymbolSummary, TimeframeCoverage } from '#shared/domain/store-summary';
import { compareTimeframes, parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Store } from '../storage/store.ts';

/** Which symbols and timeframes the store has. */
export interface Series {
  /** Shortest first. */
  readonly timeframesOf: (symbol: string) => readonly Timeframe[];
  readonly list: () => readonly SymbolSummary[];
}

interface Coverage {
  first: number;
  last: number;
  bars: number;
}

interface Summary {
  readonly timeframes: Map<Timeframe, Coverage>;
  objectEvents: number;
}

/** Counted from the catalog and the tail; what lies on disk is counted again only when its files changed. */
export function createSeries(store: Store, calendarOf: (symbol: string) => CalendarId): Series {
  let onDisk: { readonly version: string; readonly symbols: ReadonlyMap<string, Summary> } | undefined;

  function symbolsOnDisk(): ReadonlyMap<string, Summary> {
    const version = diskVersion();
    if (onDisk?.version === version) return onDisk.symbols;
    const symbols = new Map<string, Summary>();
    for (const file of store.catalog.files()) {
      if (!store.catalog.isOnDisk(file.path)) continue;
      for (const { symbol, rows, first, last } of file.spans) {
        const summary = summaryOf(symbols, symbol);
        if (file.dataset === candles.name) cover(summary, file.timeframe, first, last, rows);
        else if (file.dataset === objects.name) summary.objectEvents += rows;
      }
    }
    onDisk = { version, symbols };
    return symbols;
  }

  function diskVersion(): string {
    const versions = [candles.name, objects.name].flatMap((dataset) =>
      store.catalog
        .timeframesOnDisk(dataset)
        .map((timeframe) => `${dataset}${timeframe}${store.catalog.seriesVersion(dataset, timeframe)}`),
    );
    return `${store.generation}:${versions.join()}`;
  }

  function current(): ReadonlyMap<string, Summary> {
    const symbols = new Map<string, Summary>();
    for (const [symbol, { timeframes, objectEvents }] of symbolsOnDisk()) {
      const copies = [...timeframes].map(([timeframe, coverage]) => [timeframe, { ...coverage }] as const);
      symbols.set(symbol, { timeframes: new Map(copies), objectEvents });
    }
    for (const series of store.tail.barSeries()) {
      cover(
        summaryOf(symbols, series.symbol),
        series.timeframe,
        series.first(),
        series.last(),
        series.rowCount,
      );
    }
    for (const symbol of store.tail.symbols(objects)) {
      summaryOf(symbols, symbol).objectEvents += store.tail.rows(objects, symbol).length;
    }
    return symbols;
  }

  return {
    timeframesOf(symbol) {
      const stored = new Set(symbolsOnDisk().get(symbol)?.timeframes.keys() ?? []);
      for (const timeframe of store.tail.timeframesOf(symbol)) {
        const parsed = parseTimeframe(timeframe);
        if (parsed !== null) stored.add(parsed);
      }
      return [...stored].sort(compareTimeframes);
    },
    list() {
      return [...current()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([symbol, { timeframes, objectEvents }]) => ({
          symbol,
          timeframes: [...timeframes]
            .map(coverageOf)
            .sort((a, b) => compareTimeframes(a.timeframe, b.timeframe)),
          objectEvents,
          calendar: calendarOf(symbol),
        }));
    },
  };
}

function coverageOf([timeframe, { first, last, bars }]: readonly [Timeframe, Coverage]): TimeframeCoverage {
  return { timeframe, first: epochMs(first), last: epochMs(last), bars };
}

function summaryOf(symbols: Map<string, Summary>, symbol: string): Summary {
  let summary = symbols.get(symbol);
  if (summary === undefined) symbols.set(symbol, (summary = { timeframes: new Map(), objectEvents: 0 }));
  return summary;
}

function cover(summary: Summary, timeframeText: string, first: number, last: number, bars: number): void {
  const timeframe = parseTimeframe(timeframeText);
  if (timeframe === null) return;
  const known = summary.timeframes.get(timeframe);
  if (known === undefined) summary.timeframes.set(timeframe, { first, last, bars });
  else {
    known.first = Math.min(known.first, first);
    known.last = Math.max(known.last, last);
    known.bars += bars;
  }
}
