import { barColumns, noBars, type Bars } from '#shared/domain/candle';
import type { Engine } from './engine.ts';
import { candles } from '#schemas/datasets/candles';
import { laterWins } from './later-wins.ts';
import { readFiles, type FilesRead } from './read-files.ts';
import { absoluteShapes, noShapes, shapedSource, type Shapes } from './shaped-source.ts';

export interface BarsQuestion {
  readonly root: string;
  /** In the order in which later rows win. */
  readonly paths: readonly string[];
  /** Of the files that another program wrote. */
  readonly shapes?: Shapes;
  readonly symbol: string;
  readonly from: number;
  readonly until: number;
}

/** Bars of one symbol from files of one timeframe: sorted, each ts once, of two rows the one from the later file. */
export async function readBars(
  engine: Engine,
  { root, paths, shapes = noShapes, symbol, from, until }: BarsQuestion,
  signal?: AbortSignal,
): Promise<FilesRead<Bars>> {
  const absolute = shapes.size === 0 ? shapes : absoluteShapes(root, shapes);
  const query = async (files: readonly string[]) => {
    const lists: (readonly string[])[] = [];
    const listSql = (list: readonly string[]) => `$${lists.push(list) + 3}`;
    const source = shapedSource({ dataset: candles, paths: files, shapes: absolute, columns, listSql });
    const sql = barsSql(source, lists.length > 1);
    return inOrder(await engine.numbers(sql, [symbol, from, until, ...lists], signal));
  };
  return readFiles(root, paths, query, noBars);
}

const columns = ['symbol', ...barColumns];

/**
 * One list of files is read in its order, and each file is sorted: sorting again would cost as much as reading. Files of
 * several shapes are several lists, of which one may hold a file that comes between two of another.
 */
function barsSql(source: string, isMixed: boolean): string {
  return `SELECT ${barColumns.map((name) => `${name}::DOUBLE`).join(', ')} FROM (${source})
    WHERE symbol = $1 AND ts >= $2 AND ts < $3
    ${isMixed ? 'ORDER BY file_index, file_row_number' : ''}`;
}

/** Sorted, each ts once: rows come in the order of writing, so the last of one ts counts. */
function inOrder(columns: readonly Float64Array[]): Bars {
  const [ts = empty] = columns;
  const places = laterWins(ts);
  const [sortedTs = empty, open = empty, high = empty, low = empty, close = empty, volume = empty] =
    places === null ? columns : columns.map((column) => gather(column, places));
  return { ts: sortedTs, open, high, low, close, volume };
}

function gather(column: Float64Array, places: Uint32Array): Float64Array {
  const gathered = new Float64Array(places.length);
  for (let index = 0; index < places.length; index += 1)
    gathered[index] = column[places[index] ?? 0] ?? Number.NaN;
  return gathered;
}

const empty = new Float64Array(0);
