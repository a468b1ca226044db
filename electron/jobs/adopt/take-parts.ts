import type { Engine } from '../../engine/engine.ts';
import { notPermitted } from '../../engine/file-fault.ts';
import { faultDetails, type FaultyRow } from '../../imports/check-rows.ts';
import { faultOf, partOfDropped } from '../../imports/dropped-parts.ts';
import { listedFile, type ListedFile } from '../../imports/list-folder.ts';
import {
  byWriting,
  isRight,
  readDroppedFiles,
  rightRows,
  type DroppedFile,
} from '../../imports/read-dropped-files.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import type { NewPart } from '../../storage/log-entry.ts';
import { setAside } from '../verify/set-aside.ts';
import { isCandidate, type AdoptionStep } from './adoption-parts.ts';
import { settleOwnPart, type LeftoverParts } from './leftovers.ts';

export interface TakePartsParts extends AdoptionStep {
  readonly leftoverParts: LeftoverParts;
  /** A file that cannot be read may be in the middle of being written until it has been left alone this long. */
  readonly settleMs: number;
  /** Told of a file that is to be looked at once more. */
  readonly later: (path: string) => void;
  readonly onAdopted: (file: ListedFile) => void;
}

/**
 * Makes parts that lie in the store a part of it, each with one record of the log. A bad file goes to `_rejects` with
 * the reason beside it, after those of its rows that are right were stored like any others.
 */
export function takingParts(parts: TakePartsParts): (paths: readonly string[]) => Promise<void> {
  const { store, root, storeId, zone, clock, engine, note, later, settleMs, leftoverParts } = parts;

  async function takePaths(paths: readonly string[]): Promise<void> {
    const files = (await Promise.all(paths.map(listed))).filter((file) => file !== null);
    if (files.length === 0) return;
    const reader = await engine();
    const { found, unreadable } = await readDroppedFiles({ engine: reader, root, zone }, files);
    for (const { path, reason } of unreadable) {
      const file = await listed(path);
      if (file === null) continue;
      if (reason === notPermitted) note(`${path} was left alone: ${reason}`);
      else if (clock() - file.mtimeMs < settleMs) later(path);
      else await refuse(path, reason, [], 0);
    }
    const ours = found.filter(({ metadata }) => readMetadata(metadata).store === storeId);
    const others = found.filter((file) => !ours.includes(file)).sort(byWriting);
    await adopt(others.filter(isRight));
    for (const file of others) if (!isRight(file)) await takeRows(file);
    if (ours.length > 0) await settleOurs(reader, ours);
  }

  /** Null for what is gone, and for links, which are left alone. */
  async function listed(path: string): Promise<ListedFile | null> {
    const file = await listedFile(root, path);
    if (file === null && (await store.fs.size(path)) !== null) {
      note(`${path} was left alone: it is a link; links are not followed`);
    }
    return file;
  }

  async function adopt(files: readonly DroppedFile[]): Promise<void> {
    const adopted: NewPart[] = [];
    for (const dropped of files) {
      const part = await partOfDropped(root, dropped);
      // It was written to while it was read.
      if ((await store.fs.size(part.file.path)) !== part.file.sizeBytes) {
        later(part.file.path);
        continue;
      }
      adopted.push(part);
      const { repeats } = dropped.checked;
      if (repeats > 0) note(`${part.file.path}: ${repeats} of its rows repeat a key; the later ones count`);
    }
    if (adopted.length === 0) return;
    // Rows that came before have their parts before: of one key the later row counts.
    await store.flushParts();
    await store.adopt(adopted);
    for (const { file } of files) parts.onAdopted(file);
  }

  async function takeRows(dropped: DroppedFile): Promise<void> {
    const { file, dataset, checked } = dropped;
    const rows = rightRows(dropped);
    if (rows.length > 0) await store.append([{ dataset: dataset.name, version: dataset.version, rows }]);
    const faults = [...checked.bad, ...checked.misplaced.map(({ fault }) => fault)].sort(
      (a, b) => a.row - b.row,
    );
    await refuse(file.path, faultOf(dropped), faults, rows.length);
  }

  async function refuse(
    path: string,
    reason: string,
    faults: readonly FaultyRow[],
    stored: number,
  ): Promise<void> {
    const target = await setAside(store.fs, path, reason, faultDetails(stored, faults));
    const kept = stored > 0 ? `; ${stored} of its rows were stored` : '';
    note(`${path} was refused and lies in ${target}: ${reason}${kept}`);
  }

  /** What an earlier process of ours left between a part's name and its record. */
  async function settleOurs(reader: Engine, files: readonly DroppedFile[]): Promise<void> {
    await store.flushParts();
    for (const { file, dataset, metadata, checked } of files) {
      if (!isCandidate(store, file.path)) continue;
      await settleOwnPart(leftoverParts, reader, {
        file,
        dataset,
        metadata: readMetadata(metadata),
        rows: checked.good,
      });
    }
  }

  return takePaths;
}
