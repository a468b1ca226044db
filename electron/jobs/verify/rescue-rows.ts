import { counted } from '#shared/counted';
import { createHash, randomBytes } from 'node:crypto';
import { findDataset } from '#schemas/index';
import { sha256Of } from '../../engine/sha256-of.ts';
import { codeOf } from '../../platform/fs.ts';
import { spansOfRows, type FileEntry, type Tombstone } from '../../storage/file-entry.ts';
import { metadataOf } from '../../storage/file-metadata.ts';
import { partPath, trashPath } from '../../storage/layout.ts';
import type { DeadFile } from '../../storage/log-entry.ts';
import { encodePart } from '../../storage/part-writer.ts';
import { folderOf, makeFolderDurably, publishFile } from '../../storage/publish-file.ts';
import type { Store } from '../../storage/store.ts';

export interface RescueParts {
  readonly store: Store;
  readonly root: string;
  readonly storeId: string;
}

/**
 * Takes a bad file out of the store with one record of the log, and with the same record brings in what else has its
 * rows: those of a part are still in memory, those of a compacted file in the files it was made from while they are in
 * the trash. Answers what became of the rows.
 */
export async function takeOut(parts: RescueParts, entry: FileEntry, tombstone: Tombstone): Promise<string> {
  const { store } = parts;
  if (store.tail.holdsFile(entry.path)) {
    const file = await writeAgain(parts, entry);
    await store.swap([file], [tombstone]);
    return `its rows are in ${file.path}`;
  }
  const inputs = await inputsInTrash(parts, entry.path);
  for (const { job, path } of inputs) {
    await makeFolderDurably(store.fs, folderOf(path));
    await store.fs.rename(trashPath(job, path), path);
  }
  for (const folder of new Set(inputs.map(({ path }) => folderOf(path)))) await store.fs.syncFolder(folder);
  await store.swap(inputs.map(livingEntry), [tombstone]);
  if (inputs.length > 0)
    return `its rows are in ${counted(inputs.length, 'file')} that it was made from, back from the trash`;
  return 'its rows are not in the store any more';
}

async function writeAgain({ store, storeId }: RescueParts, entry: FileEntry): Promise<FileEntry> {
  const dataset = findDataset(entry.dataset);
  if (dataset === undefined) throw new Error(`There is no dataset ${entry.dataset}`);
  const rows = store.tail.rowsOfFile(entry.path).map(({ values }) => values);
  const spans = spansOfRows(dataset, rows);
  const firstTs = Math.min(...spans.map(({ first }) => first));
  // With this process's own mark, by which it does not take the file for one that another program has dropped.
  const writer = `${store.writer}-${randomBytes(4).toString('hex')}`;
  const path = partPath(dataset, entry.timeframe, entry.partition, firstTs, writer, 0);
  const bytes = await encodePart(dataset, rows, metadataOf(storeId, dataset, entry.sequence));
  await publishFile(store.fs, path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ...entry, path, rows: rows.length, sizeBytes: bytes.length, sha256, spans };
}

/** The files that a bad one was made from, if every one of them is still in the trash and as it was; else none. */
async function inputsInTrash({ store, root }: RescueParts, bad: string): Promise<readonly DeadFile[]> {
  const inputs = [...store.catalog.deadFiles()].filter(({ replacedBy }) => replacedBy === bad);
  for (const { job, path, place, sha256 } of inputs) {
    if (place !== 'trash') return [];
    try {
      const actual = await sha256Of(`${root}/${trashPath(job, path)}`);
      if (sha256 !== null && actual !== sha256) return [];
    } catch (error) {
      if (codeOf(error) === '') throw error;
      return [];
    }
  }
  return inputs;
}

/** What is said of a dead file beyond what it is. */
const buried: readonly string[] = ['replacedBy', 'job', 'atMs', 'deadlineMs', 'place', 'reason'];

function livingEntry(dead: DeadFile): FileEntry {
  return Object.fromEntries(
    Object.entries(dead).filter(([field]) => !buried.includes(field)),
  ) as unknown as FileEntry;
}
