import type { AdoptedFile, AdoptReport } from '#shared/domain/adoption';
import { parseTimeframe } from '#shared/domain/timeframe';
import { groupBy } from '#shared/group-by';
import { objects } from '#schemas/datasets/objects';
import { resolutionIn, type StoredRow } from '#schemas/define-dataset';
import type { Engine } from '../../engine/engine.ts';
import { notPermitted } from '../../engine/file-fault.ts';
import { badRowsText, checkRow, faultDetails, type FaultyRow } from '../../imports/check-rows.ts';
import { partOfDropped } from '../../imports/dropped-parts.ts';
import type { ListedFile } from '../../imports/list-folder.ts';
import {
  checkShapedFiles,
  datasetOf,
  rightRows,
  type DroppedFile,
} from '../../imports/read-dropped-files.ts';
import {
  createScan,
  type FolderScan,
  type ScanControl,
  type ScannedFile,
} from '../../imports/scan-folder.ts';
import type { ShapedFile } from '../../imports/shape-files.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import { parseDataPath } from '../../storage/layout.ts';
import type { NewPart } from '../../storage/log-entry.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { setAside } from '../verify/set-aside.ts';
import { judgeFile } from './judge-file.ts';
import { bury } from './leftovers.ts';
import { RowRewriter, type RewriteParts, type RewriteSource } from './rewrite-rows.ts';

export interface AdoptFolderParts extends Omit<RewriteParts, 'engine'> {
  /** Reads what others wrote, under names that they may use again. */
  readonly createEngine: () => Promise<Engine>;
  readonly zone: string;
}

export interface AdoptRequest {
  readonly dryRun?: boolean | undefined;
  /** Symbol of files that have no column for it. */
  readonly symbol?: string | undefined;
}

/** How a caller follows an adoption and stops it: while it looks through the folders, and between two files. */
export interface AdoptControl extends ScanControl {
  readonly onProgress?: (done: { readonly files: number; readonly ofFiles: number }) => void;
}

export type AdoptFolder = (request: AdoptRequest, control?: AdoptControl) => Promise<AdoptReport>;

type Readable = Exclude<ScannedFile, { readonly reason: string }>;
type RowFile = Extract<Readable, { readonly spans: unknown }>;
type EventFile = Extract<Readable, { readonly candidates: unknown }>;

const filesAtOnce = 200;

/**
 * Makes every file in the places where data lies a part of the store that is not yet: those that are right as they are
 * are entered in the log, the rows of others are written anew and their files go to the trash, and what is bad goes to
 * `_rejects`. Cut short at any point it can be run again; run twice it changes nothing more.
 */
export function createAdoptFolder(parts: AdoptFolderParts): AdoptFolder {
  return async (request, control = {}) => {
    const engine = await parts.createEngine();
    try {
      return await adoptFolder({ ...parts, engine }, request, control);
    } finally {
      engine.close();
    }
  };
}

async function adoptFolder(
  parts: RewriteParts & { readonly zone: string },
  { dryRun: isDryRun = false, symbol }: AdoptRequest,
  control: AdoptControl,
): Promise<AdoptReport> {
  const { store, root, zone, engine } = parts;
  const isLeftover = (shaped: ShapedFile) => !isKnown(parts, shaped.file.path) && isOurs(parts, shaped);
  const { scan } = createScan({ engine, root, zone, symbol, isLeftover });
  const found = await scan(store.fs, control);
  const unknown = found.files.filter(({ file }) => !isKnown(parts, file.path));
  const work = new Adopting(parts, isDryRun, unknown.length, control);
  for (const { path, reason } of found.leftOut) work.report(path, 'left', 0, reason);

  const readable: Readable[] = [];
  for (const one of unknown) {
    control.signal?.throwIfAborted();
    if ('reason' in one) await work.refuse(one.file.path, one.reason);
    else if (isOurs(parts, one.shaped)) await work.buryLeftover(one.file);
    else readable.push(one);
  }
  const rows = readable.filter((one) => 'spans' in one);
  const events = readable.filter((one) => 'candidates' in one);
  await adoptRows(work, rows);
  await adoptEvents(work, found, events);
  if (!isDryRun) await moveToTrash(store);
  return work.finished(zone, readable.length === 0 ? [] : found.assumptions);
}

/** In the trash is no longer in its place: another file has come under its name. */
function isKnown({ store }: RewriteParts, path: string): boolean {
  return store.catalog.get(path) !== undefined || store.catalog.deadFile(path)?.place === 'store';
}

/** A compacted file of ours without a record is what an adoption or another job left when it was cut short. */
function isOurs({ storeId }: RewriteParts, { metadata }: ShapedFile): boolean {
  return readMetadata(metadata).store === storeId;
}

async function adoptRows(work: Adopting, files: readonly RowFile[]): Promise<void> {
  const { engine, root } = work.parts;
  for (const group of groupBy(files, ({ file }) => `${file.dataset} ${file.timeframe}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const rewriter = new RowRewriter(work.parts, datasetOf(first.file), first.file.timeframe ?? '');
    const inOrder = group.toSorted((a, b) => firstOf(a) - firstOf(b));
    for (let start = 0; start < inOrder.length; start += filesAtOnce) {
      const batch = inOrder.slice(start, start + filesAtOnce);
      const listed = batch.map(({ file }) => file);
      const shaped = batch.map((one) => one.shaped);
      const { found, unreadable } = await checkShapedFiles(engine, root, listed, shaped);
      for (const { path, reason } of unreadable) await work.refuse(path, reason);
      const inBatch = new Map(found.map((dropped) => [dropped.file.path, dropped]));
      for (const { path } of listed) {
        work.next();
        const dropped = inBatch.get(path);
        if (dropped !== undefined) await work.take(dropped, rewriter);
      }
    }
    // Nothing of this dataset and timeframe has changed so far.
    work.next();
    await work.finish(rewriter);
    await work.setAsideBad();
    await work.commitKept();
  }
}

function firstOf({ spans }: RowFile): number {
  return Math.min(...spans.map(({ first }) => first));
}

async function adoptEvents(
  work: Adopting,
  { events }: FolderScan,
  files: readonly EventFile[],
): Promise<void> {
  const sources: RewriteSource[] = [];
  for (const one of files) {
    work.next();
    const { file, shaped } = one;
    const { rows = [], bad = [] } = events.get(file.path) ?? {};
    const dropped = eventsAsTheyAre(one, rows);
    if (dropped !== null) work.keep(dropped);
    else if (rows.length === 0 && bad.length > 0) await work.refuse(file.path, badRowsText(bad), bad);
    else {
      work.willRewrite(
        file,
        rows.length,
        bad.length > 0 ? badRowsText(bad) : eventsReason(file, rows.length),
        bad,
      );
      sources.push({ file, shape: shaped.shape, rows, isSpent: bad.length === 0 });
    }
  }
  await work.commitKept();
  await work.rewriteEvents(sources);
}

function eventsReason({ kind }: ListedFile, rows: number): string {
  if (rows === 0) return 'all that it says is told by events in other files';
  if (kind === 'timeline') return 'it has the events of all timeframes of a day';
  if (kind === 'current') return 'it has states without a history';
  return 'its events are spelled otherwise';
}

/** Events in their place, ms in our columns, each whole in itself: as a dropped file, to be kept. Else null. */
function eventsAsTheyAre(one: EventFile, completed: readonly StoredRow[]): DroppedFile | null {
  const { file, shaped } = one;
  if (file.kind !== 'events') return null;
  const rows: StoredRow[] = [];
  for (const candidate of one.candidates) {
    const verdict = checkRow(objects, candidate);
    if ('fault' in verdict) return null;
    rows.push(verdict.row);
  }
  const spelled = (list: readonly StoredRow[]) =>
    list
      .map((row) => JSON.stringify(row))
      .sort()
      .join('\n');
  if (spelled(rows) !== spelled(completed)) return null;
  const dropped: DroppedFile = {
    file,
    dataset: objects,
    shape: shaped.shape,
    isOwn: shaped.isOwn && one.candidates.every(({ hasOwnIso }) => hasOwnIso),
    metadata: shaped.metadata,
    checked: { good: rows, misplaced: [], bad: [], repeats: 0, hasOwnIso: true },
  };
  return judgeFile(dropped).outcome === 'keep' && parseDataPath(file.path) !== null ? dropped : null;
}

/** One run: what was done to which file so far. */
class Adopting {
  readonly parts: RewriteParts;
  readonly #isDryRun: boolean;
  readonly #ofFiles: number;
  readonly #control: AdoptControl;
  readonly #files = new Map<string, AdoptedFile>();
  readonly #bad = new Map<string, readonly FaultyRow[]>();
  #kept: DroppedFile[] = [];

  constructor(parts: RewriteParts, isDryRun: boolean, ofFiles: number, control: AdoptControl) {
    this.parts = parts;
    this.#isDryRun = isDryRun;
    this.#ofFiles = ofFiles;
    this.#control = control;
  }

  /** Before each file: tells how many are done, and stops here when asked to. */
  next(): void {
    this.#control.signal?.throwIfAborted();
    this.#control.onProgress?.({ files: this.#files.size, ofFiles: this.#ofFiles });
  }

  report(path: string, outcome: AdoptedFile['outcome'], rows: number, reason: string | null): void {
    this.#files.set(path, { path, outcome, rows, outputs: [], reason });
  }

  async refuse(path: string, reason: string, bad: readonly FaultyRow[] = []): Promise<void> {
    // What may not be read is left for who may read it.
    const isLeft = reason === notPermitted;
    this.report(path, isLeft ? 'left' : 'refused', 0, reason);
    if (!this.#isDryRun && !isLeft) await setAside(this.parts.store.fs, path, reason, faultDetails(0, bad));
  }

  async buryLeftover(file: ListedFile): Promise<void> {
    // Its parts are looked after whenever the store is opened.
    if (file.level === 'part' || this.#isDryRun) return;
    await bury(this.parts, [{ file, rows: 0, replacedBy: null }]);
  }

  async take(dropped: DroppedFile, rewriter: RowRewriter): Promise<void> {
    const judgement = judgeFile(dropped);
    const { file, dataset, shape, checked } = dropped;
    if (judgement.outcome === 'keep') this.keep(dropped);
    else if (judgement.outcome === 'refuse') await this.refuse(file.path, judgement.reason, checked.bad);
    else {
      const timeframeAt = Object.keys(dataset.columns).indexOf('timeframe');
      const isOwn = (row: StoredRow) => resolutionIn(dataset, String(row[timeframeAt])) === file.timeframe;
      const rows = rightRows(dropped);
      this.willRewrite(file, rows.length, judgement.reason, checked.bad);
      if (this.#isDryRun) return;
      const others = rows.filter((row) => !isOwn(row));
      if (others.length > 0) {
        await this.parts.store.append([{ dataset: dataset.name, version: dataset.version, rows: others }]);
      }
      await rewriter.add({ file, shape, rows: rows.filter(isOwn), isSpent: checked.bad.length === 0 });
    }
  }

  keep(dropped: DroppedFile): void {
    this.report(dropped.file.path, 'kept', dropped.checked.good.length, null);
    this.#kept.push(dropped);
  }

  /** In the order in which they were written, so that of two with one row the later counts. */
  async commitKept(): Promise<void> {
    const kept = this.#kept.sort((a, b) => a.file.mtimeMs - b.file.mtimeMs);
    this.#kept = [];
    if (this.#isDryRun) return;
    for (let start = 0; start < kept.length; start += filesAtOnce) {
      this.next();
      const parts: NewPart[] = [];
      for (const dropped of kept.slice(start, start + filesAtOnce)) {
        // Rows in memory count before those of files, whenever they were written: these are read from their files.
        const { file } = await partOfDropped(this.parts.root, dropped);
        parts.push({ file, rows: [] });
      }
      await this.parts.store.adopt(parts);
    }
  }

  willRewrite(file: ListedFile, rows: number, reason: string, bad: readonly FaultyRow[]): void {
    this.report(file.path, bad.length > 0 ? 'refused' : 'rewritten', rows, reason);
    if (bad.length > 0) this.#bad.set(file.path, bad);
  }

  async finish(rewriter: RowRewriter): Promise<void> {
    await rewriter.flush();
    for (const [path, outputs] of rewriter.outputs) {
      const file = this.#files.get(path);
      if (file === undefined) continue;
      this.#files.set(path, { ...file, outputs: [...new Set([...file.outputs, ...outputs])] });
    }
  }

  /** A file of events may have rows of several timeframes: it is spent when all of them are in the store. */
  async rewriteEvents(sources: readonly RewriteSource[]): Promise<void> {
    if (this.#isDryRun) return;
    const names = Object.keys(objects.columns);
    const [timeframeAt, tsAt] = [names.indexOf('timeframe'), names.indexOf('event_ts')];
    const rows = sources.flatMap((source) => source.rows.map((row) => ({ source, row })));
    const byTimeframe = groupBy(rows, ({ row }) => parseTimeframe(String(row[timeframeAt])) ?? '15m');
    for (const [timeframe, own] of byTimeframe) {
      const rewriter = new RowRewriter(this.parts, objects, timeframe);
      const ordered = own.toSorted((a, b) => Number(a.row[tsAt]) - Number(b.row[tsAt]));
      for (const [source, list] of groupBy(ordered, (one) => one.source)) {
        await rewriter.add({ ...source, rows: list.map(({ row }) => row), isSpent: false });
      }
      await this.finish(rewriter);
    }
    const spent = sources.filter(({ isSpent }) => isSpent);
    await bury(
      this.parts,
      spent.map(({ file, rows: list }) => ({
        file,
        rows: list.length,
        replacedBy: this.#files.get(file.path)?.outputs[0] ?? null,
      })),
      'adopt',
    );
    await this.setAsideBad();
  }

  finished(zone: string, assumptions: readonly string[]): AdoptReport {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    return {
      isDryRun: this.#isDryRun,
      zone,
      files,
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
      assumptions,
    };
  }

  /** Files of which not every row was taken go to `_rejects`, once the others are in the store. */
  async setAsideBad(): Promise<void> {
    const pending = [...this.#bad];
    this.#bad.clear();
    if (this.#isDryRun) return;
    for (const [path, bad] of pending) {
      const { rows = 0, reason = null } = this.#files.get(path) ?? {};
      await setAside(this.parts.store.fs, path, reason ?? '', faultDetails(rows, bad));
    }
  }
}
