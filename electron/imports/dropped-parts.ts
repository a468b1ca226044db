import type { StoredRow } from '#schemas/define-dataset';
import type { NewPart } from '../storage/log-entry.ts';
import type { Fs } from '../platform/fs.ts';
import { foreignDatasets, parseForeignPath } from '../storage/foreign-layout.ts';
import { readMetadata } from '../storage/file-metadata.ts';
import type { Catalog } from '../storage/catalog.ts';
import { recoverLog, type Recovery } from '../storage/recover-log.ts';
import { walkFiles } from '../storage/walk-files.ts';
import { badRowsText } from './check-rows.ts';
import { listedFile, type ListedFile } from './list-folder.ts';
import {
  byWriting,
  entryOfDropped,
  isRight,
  readDroppedFiles,
  rightRows,
  type DropContext,
  type DroppedFile,
} from './read-dropped-files.ts';

/** Top folders of the store in which programs may put parts. */
export const dropFolders = foreignDatasets.map(({ folder }) => folder);

/** Rows of a larger part are read from it when they are asked for. */
const largestContent = 8_192;

/** Whether a path is that of a part which the store does not know. */
export function isDroppedPart(catalog: Catalog, path: string): boolean {
  if (catalog.get(path) !== undefined || catalog.deadFile(path) !== undefined) return false;
  const parsed = parseForeignPath(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return parsed?.level === 'part' && parsed.kind !== 'current' && /^part-.+\.parquet$/.test(name);
}

/** What the log is told of a file that stays as it is. */
export async function partOfDropped(root: string, dropped: DroppedFile): Promise<NewPart> {
  const file = await entryOfDropped(root, dropped);
  const { good } = dropped.checked;
  return { file, rows: [], ...(good.length <= largestContent ? { content: good } : {}) };
}

type RecoverContext = DropContext & { readonly storeId: string };

/** An owner that takes in and merges what lies there may be at it all the time; one looks again this often. */
const mostLooks = 8;

/**
 * The state of a store for someone who may not write to it: what the log says, and in memory alone, the parts that an
 * owner would take in.
 */
export async function recoverWithDropped(fs: Fs, context: RecoverContext): Promise<Recovery> {
  for (let look = 1; ; look += 1) {
    const recovery = await recoverLog(fs);
    const gone = await addDropped(recovery, fs, context);
    // The log says by now what has become of them.
    if (gone.length === 0 || look === mostLooks) return recovery;
  }
}

/** Answers files that went away while they were read: their owner has given them a record, or has merged them since. */
async function addDropped(
  { state }: Recovery,
  fs: Fs,
  context: RecoverContext,
): Promise<readonly ListedFile[]> {
  const files: ListedFile[] = [];
  for (const folder of dropFolders) {
    for (const { path, kind } of (await walkFiles(fs, folder)).files) {
      if (kind !== 'file' || !isDroppedPart(state.catalog, path)) continue;
      const file = await listedFile(context.root, path);
      if (file !== null) files.push(file);
    }
  }
  if (files.length === 0) return [];
  const { found, unreadable } = await readDroppedFiles(context, files);
  const others = found
    .filter(({ metadata }) => readMetadata(metadata).store !== context.storeId)
    .sort(byWriting);
  const gone: ListedFile[] = [];
  const setAside = (file: ListedFile, reason: string) => {
    const { path, dataset, timeframe, partition } = file;
    state.catalog.setAside({ path, dataset, timeframe: timeframe ?? '', partition, reason });
  };
  for (const { path, reason } of unreadable) {
    const file = files.find((candidate) => candidate.path === path);
    if (file === undefined) continue;
    if ((await listedFile(context.root, path)) === null) gone.push(file);
    else setAside(file, reason);
  }
  const parts: NewPart[] = [];
  for (const dropped of others) {
    if (isRight(dropped)) parts.push(await partOfDropped(context.root, dropped));
    else setAside(dropped.file, faultOf(dropped));
  }
  if (parts.length > 0) state.apply(state.sequence + 1, { kind: 'part', parts });
  for (const dropped of others) {
    const rows: readonly StoredRow[] = isRight(dropped) ? [] : rightRows(dropped);
    const { name, version } = dropped.dataset;
    if (rows.length > 0) {
      state.apply(state.sequence + 1, { kind: 'rows', batches: [{ dataset: name, version, rows }] });
    }
  }
  return gone;
}

/** Why a file is not right, in one sentence. */
export function faultOf({ checked }: DroppedFile): string {
  const faults = [...checked.bad, ...checked.misplaced.map(({ fault }) => fault)].sort(
    (a, b) => a.row - b.row,
  );
  return faults.length === 0 ? 'it has no rows' : badRowsText(faults);
}
