import { findDataset } from '#schemas/index';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import type { Engine } from '../engine/engine.ts';
import { readCandidates, type CandidateRow } from '../engine/read-candidates.ts';
import { readFiles } from '../engine/read-files.ts';
import { sha256Of } from '../engine/sha256-of.ts';
import { keyOf } from '../engine/shaped-source.ts';
import { groupBy } from '#shared/group-by';
import type { FileShape } from '#shared/domain/file-shape';
import type { UnreadableFile } from '#shared/domain/viewport';
import { spansOfRows, type FileEntry } from '../storage/file-entry.ts';
import { checkRows, type CheckedRows } from './check-rows.ts';
import type { ListedFile } from './list-folder.ts';
import { shapeFiles, type ShapedFile } from './shape-files.ts';

/** A file that lies in its place but is not part of the store, with its rows checked. */
export interface DroppedFile {
  readonly file: ListedFile;
  readonly dataset: Dataset;
  readonly shape: FileShape;
  /** Whether it can be read like one of ours, without its shape. */
  readonly isOwn: boolean;
  /** What our writers put in the footer; empty when another program wrote it. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checked: CheckedRows;
}

/** Of two files with one key the later one counts. */
export function byWriting(a: DroppedFile, b: DroppedFile): number {
  return a.file.mtimeMs - b.file.mtimeMs || (a.file.path < b.file.path ? -1 : 1);
}

export interface DroppedFiles {
  readonly found: readonly DroppedFile[];
  /** Files that cannot be read, each with the reason. */
  readonly unreadable: readonly UnreadableFile[];
}

export interface DropContext {
  readonly engine: Engine;
  readonly root: string;
  /** IANA zone of times without an offset. */
  readonly zone: string;
  readonly symbol?: string | undefined;
}

/** Above this a file is read a stretch at a time. */
const largeBytes = 16_777_216;
const rowsAtOnce = 50_000;

/** Reads and checks every row of files that other programs put into the store. */
export async function readDroppedFiles(
  { engine, root, zone, symbol }: DropContext,
  files: readonly ListedFile[],
): Promise<DroppedFiles> {
  const { shaped, unreadable, withoutSymbol } = await shapeFiles(engine, root, files, { zone, symbol });
  const checked = await checkShapedFiles(engine, root, files, shaped);
  const failed: UnreadableFile[] = [
    ...unreadable,
    ...withoutSymbol.map(({ path }) => ({ path, reason: 'it has no column symbol' })),
    ...checked.unreadable,
  ];
  const isEmpty = new Set(files.flatMap(({ path, sizeBytes }) => (sizeBytes === 0 ? [path] : [])));
  return {
    found: checked.found,
    unreadable: failed.map(({ path, reason }) => ({
      path,
      reason: isEmpty.has(path) ? 'it is empty (0 bytes)' : reason,
    })),
  };
}

/** The same for files of which is known already how they are read. */
export async function checkShapedFiles(
  engine: Engine,
  root: string,
  files: readonly ListedFile[],
  shaped: readonly ShapedFile[],
): Promise<DroppedFiles> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const unreadable: UnreadableFile[] = [];
  const found: DroppedFile[] = [];
  for (const group of groupBy(shaped, ({ file, shape }) => `${file.dataset} ${keyOf(shape)}`).values()) {
    const rows = await readGroup(engine, root, group, byPath);
    unreadable.push(...rows.unreadable);
    for (const { file, shape, isOwn, metadata } of group) {
      const listed = byPath.get(file.path);
      const candidates = rows.found.get(file.path);
      if (listed === undefined || candidates === undefined) continue;
      const dataset = datasetOf(file);
      const place = { timeframe: file.timeframe ?? '', partition: file.partition };
      const checked = checkRows(dataset, candidates, place);
      found.push({ file: listed, dataset, shape, isOwn: isOwn && checked.hasOwnIso, metadata, checked });
    }
  }
  return { found, unreadable };
}

async function readGroup(
  engine: Engine,
  root: string,
  group: readonly ShapedFile[],
  byPath: ReadonlyMap<string, ListedFile>,
) {
  const [first] = group;
  const found = new Map<string, readonly CandidateRow[]>();
  const unreadable: UnreadableFile[] = [];
  if (first === undefined) return { found, unreadable };
  const dataset = datasetOf(first.file);
  const isLarge = ({ file }: ShapedFile) => (byPath.get(file.path)?.sizeBytes ?? 0) > largeBytes;
  const read = async (
    list: readonly ShapedFile[],
    query: (files: readonly string[]) => Promise<(readonly CandidateRow[])[]>,
  ) => {
    const named = async (files: readonly string[]) => {
      const rows = await query(files);
      return files.map((file, index) => [file.slice(root.length + 1), rows[index] ?? []] as const);
    };
    const paths = list.map(({ file }) => file.path);
    const answer = await readFiles(root, paths, named, []);
    unreadable.push(...answer.unreadable);
    for (const [path, rows] of answer.value) found.set(path, rows);
  };
  await read(
    group.filter((one) => !isLarge(one)),
    async (files) => [...(await readCandidates(engine, dataset, files, first.shape))],
  );
  for (const large of group.filter(isLarge)) {
    await read([large], async (files) => [await readByStretches(engine, dataset, files, first.shape)]);
  }
  return { found, unreadable };
}

async function readByStretches(
  engine: Engine,
  dataset: Dataset,
  files: readonly string[],
  shape: FileShape,
): Promise<CandidateRow[]> {
  const all: CandidateRow[] = [];
  for (let from = 0; ; from += rowsAtOnce) {
    const [rows = []] = await readCandidates(engine, dataset, files, shape, {
      from,
      until: from + rowsAtOnce,
    });
    for (const row of rows) all.push(row);
    if (rows.length < rowsAtOnce) return all;
  }
}

/** The dataset whose rows a file holds, by its path. */
export function datasetOf({ dataset: name }: { readonly dataset: string }): Dataset {
  const dataset = findDataset(name);
  if (dataset === undefined) throw new Error(`There is no dataset ${name}`);
  return dataset;
}

/** Whether all that a file holds is right and in its place, so that it can stay as it is. */
export function isRight({ checked }: DroppedFile): boolean {
  return checked.bad.length === 0 && checked.misplaced.length === 0 && checked.good.length > 0;
}

/** The catalog's entry of a file that stays as it is. Its sequence is that of the record that takes it in. */
export async function entryOfDropped(root: string, dropped: DroppedFile): Promise<FileEntry> {
  const { file, dataset, shape, isOwn, checked } = dropped;
  return {
    path: file.path,
    dataset: dataset.name,
    timeframe: file.timeframe ?? '',
    level: file.level,
    partition: file.partition,
    rows: checked.good.length,
    sizeBytes: file.sizeBytes,
    sequence: 0,
    sha256: await sha256Of(`${root}/${file.path}`),
    spans: spansOfRows(dataset, checked.good),
    ...(isOwn ? {} : { shape }),
  };
}

/** Rows that are right, wherever they belong. */
export function rightRows({ checked }: DroppedFile): readonly StoredRow[] {
  return [...checked.good, ...checked.misplaced.map(({ row }) => row)];
}
