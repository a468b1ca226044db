import { counted, grouped } from '#shared/counted';
import type { Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import { candles } from '#schemas/datasets/candles';
import type { CompareResult, FileToWrite, ReadResult } from '../../imports/files/import-work.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { metadataOf } from '../../storage/file-metadata.ts';
import { dotPath, periodRange } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../../storage/publish-file.ts';
import { unusedCompactedPath } from '../../storage/unused-path.ts';
import { globalXSlots } from '../global-x.ts';
import type { MergedFiles } from '../keep-averages.ts';
import type { MergeParts } from '../merge-job.ts';
import type { ImportSession } from './importer.ts';
import { planPeriods, type PlannedPeriod } from './plan-periods.ts';

/** A file that holds bars of an import, and which others it took the place of. */
export interface StoredFile extends MergedFiles {
  readonly partition: string;
}

/** What is told on the way. */
export interface AddTelling {
  readonly signal: AbortSignal;
  readonly onStep: (doing: string) => void;
  readonly log: (text: string) => void;
}

/** Writes files of new bars and makes all of them part of the store at once. Until then nobody sees any. */
export async function addPeriods(
  merging: MergeParts,
  session: ImportSession,
  { symbols }: ReadResult,
  { fresh }: CompareResult,
  timeframe: Timeframe,
  { signal, onStep, log }: AddTelling,
): Promise<readonly StoredFile[]> {
  const { store } = merging;
  const periods = planPeriods(fresh);
  if (periods.length === 0) return [];
  signal.throwIfAborted();
  onStep(`Writing, 0 of ${counted(periods.length, 'file')}`);
  // A store whose files are older than its log is taken for one that has lost it.
  if (store.sequence === 0) await store.checkpoint();
  // Rows that come while the files are written are later than they.
  const sequence = store.sequence;
  const planned = await Promise.all(
    periods.map((period) => planFile(merging, period, timeframe, symbols, sequence)),
  );
  const added: FileEntry[] = [];
  try {
    await wordingDiskErrors(async () => {
      const files = planned.map(({ file }) => file);
      const written = await session.write({ bars: 'fresh', timeframe, files });
      onStep(`Flushing ${counted(periods.length, 'file')}`);
      for (const [place, { path, period }] of planned.entries()) {
        const result = written[place];
        if (result === undefined) continue;
        await publishWritten(store.fs, path);
        const { level, period: partition } = period;
        added.push({ ...{ path, dataset: candles.name, timeframe, level, partition }, ...result, sequence });
      }
    });
    signal.throwIfAborted();
    checkWritten(fresh, added);
    await store.swap(added, []);
  } catch (error) {
    // Files that no record speaks of are no part of the store; a record that may yet turn out to be written keeps them.
    const isUnknown = added.every(({ path }) => store.catalog.get(path) === undefined);
    const isAborted = signal.aborted;
    if (isUnknown && (isAborted || added.length < periods.length)) await removeFiles(store, planned);
    throw error;
  }
  for (const { path, rows, sizeBytes } of added)
    log(`${path}: ${counted(rows, 'bar')}, ${sizeBytes} bytes; verified.`);
  return added.map(({ dataset, partition, path }) => ({
    ...{ dataset, timeframe, partition, output: path, inputs: [] },
  }));
}

interface PlannedFile {
  readonly period: PlannedPeriod;
  /** Relative to the store's folder. */
  readonly path: string;
  readonly file: FileToWrite;
}

async function planFile(
  { store, root, storeId, calendarOf, compressionFor }: MergeParts,
  period: PlannedPeriod,
  timeframe: Timeframe,
  symbols: readonly string[],
  sequence: number,
): Promise<PlannedFile> {
  const path = await unusedCompactedPath(store, candles, timeframe, period.period);
  await makeFolderDurably(store.fs, folderOf(path));
  const file = {
    ...periodRange(period.period),
    output: `${root}/${dotPath(path)}`,
    metadata: metadataOf(storeId, candles, sequence, []),
    compression: compressionFor(candles.name, timeframe),
    globalX: globalXSlots(candles, timeframe, period.period, symbols, calendarOf),
  };
  return { period, path, file };
}

async function removeFiles({ fs }: MergeParts['store'], planned: readonly PlannedFile[]): Promise<void> {
  for (const { path } of planned) {
    await fs.remove(path).catch(() => undefined);
    await fs.remove(dotPath(path)).catch(() => undefined);
  }
}

/** Each new bar is in one of the files, or nothing is stored. */
function checkWritten(fresh: CompareResult['fresh'], added: readonly FileEntry[]): void {
  const [wanted = 0, written = 0] = [fresh, added].map((each) =>
    each.reduce((sum, { rows }) => sum + rows, 0),
  );
  if (wanted !== written)
    throw new WorkbenchError(
      'compaction-unverified',
      `${counted(written, 'bar was', 'bars were')} written where ${grouped(wanted)} are new; nothing was stored`,
    );
}
