import type { KnownSymbol } from '#shared/domain/store-summary';
import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import type { Engine } from '../engine/engine.ts';
import { readFiles } from '../engine/read-files.ts';
import { absoluteShapes, shapedSource } from '../engine/shaped-source.ts';
import { shapesOf, type FileEntry } from '../storage/file-entry.ts';
import type { Store } from '../storage/store.ts';

/** The symbols of which a bar had closed by an instant, each with the open of its newest such bar of any timeframe. */
export type KnownSymbols = (asOf: number, signal?: AbortSignal) => Promise<readonly KnownSymbol[]>;

/**
 * The catalog knows most of it. Only files with bars from both before and after the instant are read, and of them two
 * columns; one that cannot be read says nothing.
 */
export function createKnownSymbols(store: Store, engine: Engine, root: string): KnownSymbols {
  async function lastIn(files: readonly FileEntry[], newest: number, signal?: AbortSignal) {
    const absolute = absoluteShapes(root, shapesOf(files));
    const query = (paths: readonly string[]) => {
      const lists: (readonly string[])[] = [];
      const listSql = (list: readonly string[]) => `$${lists.push(list) + 1}`;
      const columns = ['symbol', 'ts'];
      const source = shapedSource({ dataset: candles, paths, shapes: absolute, columns, listSql });
      const sql = `SELECT symbol, max(ts)::DOUBLE FROM (${source}) WHERE ts <= $1 GROUP BY symbol`;
      return engine.rows(sql, [newest, ...lists], signal);
    };
    const paths = files.map(({ path }) => path);
    return (await readFiles(root, paths, query, [])).value;
  }

  return async (asOf, signal) => {
    const release = store.pin();
    try {
      const known = new Map<string, number>();
      const note = (symbol: string, last: number) => {
        if (last > (known.get(symbol) ?? -Infinity)) known.set(symbol, last);
      };
      // Rows move from memory to files while a query runs: first those in memory, so that none is in neither.
      for (const series of store.tail.barSeries()) {
        const { ts } = series.slice(-Infinity, newestClosed(series.timeframe, asOf) + 1).bars;
        note(series.symbol, ts.at(-1) ?? -Infinity);
      }
      for (const timeframe of store.catalog.timeframesOnDisk(candles.name)) {
        const newest = newestClosed(timeframe, asOf);
        const files = [...store.catalog.filesOnDisk(candles.name, timeframe)];
        const isCut = ({ spans }: FileEntry) =>
          spans.some(({ first, last }) => first <= newest && newest < last);
        for (const { spans } of files)
          for (const { symbol, last } of spans) if (last <= newest) note(symbol, last);
        for (const [symbol, last] of await lastIn(files.filter(isCut), newest, signal))
          note(String(symbol), Number(last));
      }
      return [...known].map(([symbol, last]) => ({ symbol, last: epochMs(last) }));
    } finally {
      release();
    }
  };
}

/** A bar is known once it is closed. */
function newestClosed(text: string, asOf: number): number {
  const timeframe = parseTimeframe(text);
  return timeframe === null ? -Infinity : asOf - timeframeLength(timeframe);
}
