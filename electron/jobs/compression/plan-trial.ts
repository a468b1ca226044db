import { WorkbenchError } from '#shared/errors';
import { spanOf, type FileEntry } from '../../storage/file-entry.ts';

export interface TrialWish {
  readonly dataset?: string | undefined;
  readonly timeframe?: string | undefined;
  readonly symbol?: string | undefined;
}

/** The rows that compression is tried on: of one series, from all of the time that it spans. */
export interface TrialSample {
  readonly dataset: string;
  readonly timeframe: string;
  readonly symbol: string | null;
  readonly pieces: readonly TrialPiece[];
}

/** Neighbouring rows of one file; of the symbol, where there is one. */
export interface TrialPiece {
  readonly path: string;
  readonly skippedRows: number;
  readonly rows: number;
}

/** Rows of a trial: a few seconds a profile, and enough of them for several groups in a file. */
export const mostTrialRows = 200_000;

/** Enough for prices and volumes of all times to be among the rows, and few enough for long runs of neighbours. */
const usualPieces = 16;
/** Opening a file costs more than its rows where these are few. */
const mostPieces = 2_000;

/**
 * Chooses what to try: what is wished for, else what takes the most bytes. Throws `argument-invalid` where nothing of
 * that is stored.
 */
export function planTrial(all: Iterable<FileEntry>, wish: TrialWish): TrialSample {
  const found = [...all].filter(
    (file) =>
      // Files of other programs have columns of their own.
      file.shape === undefined &&
      (wish.dataset === undefined || file.dataset === wish.dataset) &&
      (wish.timeframe === undefined || file.timeframe === wish.timeframe) &&
      rowsOf(file, wish.symbol) > 0,
  );
  const largest = largestSeries(found);
  if (largest === undefined) throw nothingStored(wish);
  const { dataset, timeframe } = largest;
  const own = found
    .filter((file) => file.dataset === dataset && file.timeframe === timeframe)
    .map((file) => ({
      ...{ path: file.path, partition: file.partition, level: file.level },
      rows: rowsOf(file, wish.symbol),
    }));
  const merged = own.filter(({ level }) => level !== 'part');
  const sources = rowsIn(merged) >= mostTrialRows ? merged : own;
  const inOrder = sources.sort((a, b) =>
    a.partition === b.partition ? 0 : a.partition < b.partition ? -1 : 1,
  );
  return { dataset, timeframe, symbol: wish.symbol ?? null, pieces: spread(inOrder) };
}

interface Source {
  readonly path: string;
  readonly rows: number;
}

/** All rows where they are few enough; else runs of neighbours, evenly apart in time, each further on in its file. */
function spread(sources: readonly Source[]): TrialPiece[] {
  const rows = rowsIn(sources);
  if (rows <= mostTrialRows && sources.length <= mostPieces)
    return sources.map((source) => ({ path: source.path, skippedRows: 0, rows: source.rows }));
  const needed = Math.ceil(mostTrialRows / (rows / sources.length));
  const count = Math.min(Math.max(needed, usualPieces), mostPieces, sources.length);
  const mostRows = Math.ceil(mostTrialRows / count);
  return Array.from({ length: count }, (_, place) => {
    const part = count === 1 ? 0 : place / (count - 1);
    const source = sources[Math.round(part * (sources.length - 1))];
    if (source === undefined) throw new RangeError('no such file');
    const taken = Math.min(source.rows, mostRows);
    // Files are sorted by symbol: from the same place of each only one of them would be tried.
    return { path: source.path, skippedRows: Math.floor((source.rows - taken) * part), rows: taken };
  });
}

function rowsIn(sources: readonly Source[]): number {
  return sources.reduce((sum, { rows }) => sum + rows, 0);
}

function rowsOf(file: FileEntry, symbol: string | undefined): number {
  return symbol === undefined ? file.rows : (spanOf(file, symbol)?.rows ?? 0);
}

function largestSeries(files: readonly FileEntry[]): FileEntry | undefined {
  const sizes = new Map<string, { readonly file: FileEntry; sizeBytes: number }>();
  for (const file of files) {
    const key = `${file.dataset}/${file.timeframe}`;
    const known = sizes.get(key);
    if (known === undefined) sizes.set(key, { file, sizeBytes: file.sizeBytes });
    else known.sizeBytes += file.sizeBytes;
  }
  return [...sizes.values()].sort((a, b) => b.sizeBytes - a.sizeBytes)[0]?.file;
}

function nothingStored({ dataset, timeframe, symbol }: TrialWish): WorkbenchError {
  const what = [symbol, dataset, timeframe].filter((word) => word !== undefined).join(' ');
  return new WorkbenchError(
    'argument-invalid',
    what === ''
      ? 'Nothing is stored yet, so that there is nothing to try a compression on'
      : `${what}: nothing of that is stored, so that there is nothing to try a compression on`,
  );
}
