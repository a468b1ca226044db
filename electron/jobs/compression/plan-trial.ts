import { WorkbenchError } from '#shared/errors';
import { spanOf, type FileEntry } from '../../storage/file-entry.ts';

export interface TrialWish {
  readonly dataset?: string | undefined;
  readonly timeframe?: string | undefined;
  readonly symbol?: string | undefined;
}

/** The rows that compression is tried on: of one series, the newest merged files first. */
export interface TrialSample {
  readonly dataset: string;
  readonly timeframe: string;
  readonly symbol: string | null;
  readonly files: readonly FileEntry[];
}

/** Rows of a trial: a few seconds a profile, and enough of them for several groups in a file. */
export const mostTrialRows = 200_000;

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
    .sort(
      (a, b) =>
        Number(a.level === 'part') - Number(b.level === 'part') || (a.partition < b.partition ? 1 : -1),
    );
  const files: FileEntry[] = [];
  let rows = 0;
  for (const file of own) {
    if (rows >= mostTrialRows) break;
    files.push(file);
    rows += rowsOf(file, wish.symbol);
  }
  return { dataset, timeframe, symbol: wish.symbol ?? null, files };
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
