import { counted } from '#shared/counted';
import type { ExportPreview } from '#shared/domain/export-plan';
import type { ExportFormat } from '#shared/domain/export-profile';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { datasetOf, type ExportSlice } from '../engine/export-slice.ts';
import { prepareSlice, type PreparedSlice } from '../engine/prepare-slice.ts';
import { sha256Of } from '../engine/sha256-of.ts';
import type { ExportLook, ExportWork, ExportWritten, WriteProgress, WrittenFile } from './export-work.ts';
import { lookAtLean, writeLean } from './lean/write-lean.ts';
import { outputColumns } from './output-columns.ts';
import { piecesOf, type FilePiece } from './pieces.ts';
import { writeArrow } from './write-arrow.ts';
import { selectSql, writeCopy, type OrderedRows } from './write-copy.ts';
import { sheetsOf, writeXlsx } from './write-xlsx.ts';

const previewRows = 20;

/** What the work would write: its files with their rows, and the first rows as they will be. Writes nothing. */
export async function lookAtExport(engine: Engine, work: ExportWork): Promise<ExportLook> {
  const files: ExportLook['files'][number][] = [];
  const previews: ExportPreview[] = [];
  for (const slice of work.slices) {
    const prepared = await prepareSlice(engine, slice);
    try {
      if (work.profile.format === 'lean') {
        const look = await lookAtLean(engine, work, slice, prepared);
        files.push(...look.files);
        previews.push(...look.previews);
        continue;
      }
      const pieces = await piecesOf(engine, work, slice, prepared);
      files.push(...pieces.map(({ path, rows }) => ({ path, dataset: slice.dataset, rows })));
      const [first] = pieces;
      if (first !== undefined)
        previews.push(await preview(engine, orderedRows(work, slice, prepared, first)));
    } finally {
      await prepared.close();
    }
  }
  return { files, previews };
}

/** Writes all files of the work into a folder that is empty. */
export async function writeExport(
  engine: Engine,
  work: ExportWork,
  folders: { readonly staging: string; readonly target: string },
  onProgress: (progress: WriteProgress) => void,
): Promise<ExportWritten> {
  const files: WrittenFile[] = [];
  const notes: string[] = [];
  const tally = { rows: 0, sizeBytes: 0 };
  const add = (written: WrittenFile) => {
    const { file } = written;
    files.push(written);
    tally.rows += file.rows;
    tally.sizeBytes += file.sizeBytes;
    onProgress({ files: files.length, ...tally, doing: file.path });
  };
  for (const slice of work.slices) {
    const prepared = await prepareSlice(engine, slice);
    try {
      if (work.profile.format === 'lean') {
        await writeLean(engine, work, slice, prepared, folders, add);
        continue;
      }
      for (const piece of await piecesOf(engine, work, slice, prepared)) {
        const path = join(folders.staging, piece.path);
        await mkdir(dirname(path), { recursive: true });
        const growing = watchGrowth(path, (sizeBytes) =>
          onProgress({
            files: files.length,
            rows: tally.rows,
            sizeBytes: tally.sizeBytes + sizeBytes,
            doing: piece.path,
          }),
        );
        try {
          const ordered = orderedRows(work, slice, prepared, piece);
          const rows = await writers[work.profile.format](engine, ordered, path);
          const sheets = work.profile.format === 'xlsx' ? sheetsOf(rows) : 1;
          const file = {
            path: piece.path,
            dataset: slice.dataset,
            rows,
            sizeBytes: (await stat(path)).size,
            sha256: await sha256Of(path),
            ...(sheets > 1 ? { sheets } : {}),
          };
          add({ file, isMerged: false });
          if (sheets > 1)
            notes.push(
              `${piece.path}: ${counted(rows, 'row is', 'rows are')} more than a sheet holds; they go on over ${counted(sheets, 'sheet')}.`,
            );
        } finally {
          growing.stop();
        }
      }
    } finally {
      await prepared.close();
    }
  }
  return { files, notes };
}

type WriteFile = (engine: Engine, ordered: OrderedRows, path: string) => Promise<number>;

const writers: Readonly<Record<Exclude<ExportFormat, 'lean'>, WriteFile>> = {
  csv: writeCopy,
  jsonl: writeCopy,
  parquet: writeCopy,
  postgresql: writeCopy,
  arrow: writeArrow,
  xlsx: writeXlsx,
};

function orderedRows(
  { profile }: ExportWork,
  slice: ExportSlice,
  prepared: PreparedSlice,
  { piece }: FilePiece,
): OrderedRows {
  return {
    slice,
    profile,
    rows: prepared.rowsSql(piece),
    isSorted: prepared.isSorted(piece),
    columns: outputColumns(profile, slice.dataset, datasetOf(slice)).columns,
  };
}

async function preview(engine: Engine, ordered: OrderedRows): Promise<ExportPreview> {
  const names = ordered.columns.map(({ as }) => as);
  const rows = await engine.rows(
    `SELECT COLUMNS(*)::VARCHAR FROM (${selectSql(ordered)} LIMIT ${previewRows})`,
    [],
  );
  return {
    dataset: ordered.slice.dataset,
    columns: names,
    rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
  };
}

const lookIntervalMs = 400;

/** Says now and then how large a file is that something else writes. */
function watchGrowth(path: string, onSize: (sizeBytes: number) => void): { readonly stop: () => void } {
  const timer = setInterval(() => {
    stat(path).then(
      ({ size }) => onSize(size),
      () => undefined,
    );
  }, lookIntervalMs);
  return { stop: () => clearInterval(timer) };
}
