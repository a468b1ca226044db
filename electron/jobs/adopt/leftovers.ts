import { DAY } from '#shared/units';
import { rollups } from '#schemas/datasets/rollups';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from '../../engine/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Tombstone } from '../../storage/file-entry.ts';
import { readMetadata, type FileMetadata } from '../../storage/file-metadata.ts';
import type { ForeignPath } from '../../storage/foreign-layout.ts';
import type { Store } from '../../storage/store.ts';
import { unstoredRows } from './stored-keys.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';

export interface LeftoverParts {
  readonly store: Store;
  readonly root: string;
  readonly clock: Clock;
  readonly trashDays: number;
  /** What the log said when the store was opened: later records cannot tell what was lost before them. */
  readonly sequenceAtOpen: number;
  readonly wasLogDamaged: boolean;
}

/**
 * A part of our own that the log does not know: a crash came between its writing and its record.
 *
 * Its rows were in the log before it was written, so they are in the store already, or were replaced since, and the part
 * goes to the trash. Only where the end of the log was lost, as it may be when it is not flushed, or some of it is
 * damaged, are rows that the store has not under any value taken over.
 */
export async function settleOwnPart(
  { store, root, ...parts }: LeftoverParts,
  engine: Engine,
  part: {
    readonly file: ForeignPath & { readonly sizeBytes: number };
    readonly dataset: Dataset;
    readonly metadata: FileMetadata;
    readonly rows: readonly StoredRow[];
  },
): Promise<void> {
  const { dataset, metadata, rows, file } = part;
  const wasLost = parts.wasLogDamaged || (metadata.sequence ?? 0) > parts.sequenceAtOpen;
  if (wasLost) {
    const unstored = await unstoredRows(store, engine, root, dataset, rows);
    if (unstored.length > 0)
      await store.append([{ dataset: dataset.name, version: dataset.version, rows: unstored }]);
  }
  await bury({ store, root, ...parts }, [{ file, rows: rows.length, replacedBy: null }]);
}

/**
 * Whether a compacted file of ours that no record speaks of can go: what a rollup holds is always elsewhere, what a merged
 * file holds where it came from, and an import that was cut short has stored nothing. Its record is flushed before it
 * ends, so that of an import that did end only a damaged log has lost it.
 */
export function isSpentOutput(
  { store, sequenceAtOpen, wasLogDamaged }: LeftoverParts,
  metadata: Readonly<Record<string, string>>,
  storeId: string,
): boolean {
  const { store: writer, dataset, inputs, sequence } = readMetadata(metadata);
  if (writer !== storeId) return false;
  if (dataset === rollups.name) return true;
  if (inputs === null || inputs === 'damaged') return false;
  if (inputs.length === 0) return !wasLogDamaged && sequence !== null && sequence <= sequenceAtOpen;
  return inputs.every(
    (path) => store.catalog.get(path) !== undefined || store.catalog.deadFile(path) !== undefined,
  );
}

export interface Spent {
  readonly file: Pick<ForeignPath, 'path' | 'dataset' | 'timeframe' | 'level' | 'partition'> & {
    readonly sizeBytes: number;
  };
  readonly rows: number;
  readonly replacedBy: string | null;
}

/** Takes files out of the way that are not needed, through the log like every file that goes. */
export async function bury(
  { store, clock, trashDays }: Pick<LeftoverParts, 'store' | 'root' | 'clock' | 'trashDays'>,
  files: readonly Spent[],
  reason: 'leftover' | 'adopt' = 'leftover',
): Promise<void> {
  if (files.length === 0) return;
  const job = `${reason}-${store.sequence + 1}`;
  const atMs = clock();
  const tombstones = files.map(({ file, rows, replacedBy }): Tombstone => ({
    path: file.path,
    dataset: file.dataset,
    timeframe: file.timeframe ?? '',
    level: file.level,
    partition: file.partition,
    rows,
    sizeBytes: file.sizeBytes,
    sequence: 0,
    sha256: null,
    spans: [],
    replacedBy,
    job,
    atMs,
    deadlineMs: atMs + trashDays * DAY,
  }));
  await store.swap([], tombstones);
  await moveToTrash(store);
}
