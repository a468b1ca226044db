import { counted } from '#shared/counted';
import type { ExportCheck, ExportPlan, PlannedFile } from '#shared/domain/export-plan';
import type { ExportFormat } from '#shared/domain/export-profile';
import { sizeText } from '#shared/size-text';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportLook } from './export-work.ts';
import { nothingThere, rangeOf, type ResolvedExport } from './resolve-request.ts';
import { isWholeFile, leanResolution } from './lean/lean-layout.ts';
import { nearestFolder } from './staging.ts';
import { sheetsOf } from './write-xlsx.ts';

const listedFiles = 1_000;

/** What an export would do, and whether it can. */
export async function planOf(resolved: ResolvedExport, look: ExportLook): Promise<ExportPlan> {
  const { profile, destination, datasets, symbols, found, work } = resolved;
  const rows = look.files.reduce((sum, file) => sum + file.rows, 0);
  const sizeBytes = estimatedBytes(look, profile.format, profile.compression !== 'none');
  const freeBytes = await freeBytesAt(destination.folder);
  const [from, until] = rangeOf(work);
  return {
    profile,
    folder: destination.folder,
    datasets,
    symbols,
    timeframe: work.timeframe,
    from,
    until,
    rows,
    sizeBytes,
    freeBytes,
    files: look.files.slice(0, listedFiles),
    fileCount: look.files.length,
    checks: [
      rowsCheck(resolved, rows),
      ...symbolsCheck(found.flatMap(({ lacking }) => lacking)),
      ...madeCheck(found.flatMap(({ made }) => made)),
      ...unreadableCheck(resolved),
      folderCheck(destination.folder),
      existingCheck(resolved, look.files),
      spaceCheck(destination.folder, sizeBytes, freeBytes),
      ...sheetsCheck(profile.format, look.files),
    ],
    previews: look.previews,
  };
}

function rowsCheck(resolved: ResolvedExport, rows: number): ExportCheck {
  const name = 'Rows';
  return rows === 0
    ? { name, status: 'fail', detail: nothingThere(resolved), code: 'dataset-missing' }
    : { name, status: 'pass', detail: `${counted(rows, 'row')} in all` };
}

function symbolsCheck(lacking: readonly string[]): readonly ExportCheck[] {
  if (lacking.length === 0) return [];
  const detail = `Nothing can be exported of ${listed([...new Set(lacking)])}`;
  return [{ name: 'Symbols', status: 'warn', detail }];
}

function madeCheck(made: readonly string[]): readonly ExportCheck[] {
  if (made.length === 0) return [];
  return [
    { name: 'Timeframe', status: 'pass', detail: `Bars are made by the session calendar: ${listed(made)}` },
  ];
}

function unreadableCheck({ unreadable }: ResolvedExport): readonly ExportCheck[] {
  if (unreadable.length === 0) return [];
  const detail = `Left out because they cannot be read: ${listed(unreadable.map(({ path }) => path))}`;
  return [{ name: 'Files of the store', status: 'warn', detail }];
}

function folderCheck(folder: string): ExportCheck {
  const name = 'Folder';
  const nearest = nearestFolder(folder);
  if (!statSync(nearest).isDirectory())
    return { name, status: 'fail', detail: `${nearest} is a file, not a folder`, code: 'argument-invalid' };
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch {
    return {
      name,
      status: 'fail',
      detail: `Writing is not permitted: ${nearest}`,
      code: 'permission-denied',
    };
  }
  return { name, status: 'pass', detail: existsSync(folder) ? folder : `${folder} will be made` };
}

function existingCheck(resolved: ResolvedExport, files: readonly PlannedFile[]): ExportCheck {
  const { profile, destination, request, work } = resolved;
  const name = 'Existing files';
  const there = files.filter(({ path }) => existsSync(join(destination.folder, path)));
  const [first] = there;
  if (first === undefined) return { name, status: 'pass', detail: 'None is in the way' };
  if (profile.format === 'lean' && isWholeFile(leanResolution(work.timeframe)))
    return {
      name,
      status: 'pass',
      detail: `Bars are added to ${counted(there.length, 'file')} that are there`,
    };
  const what = there.length === 1 ? first.path : `${counted(there.length, 'file')}, the first ${first.path}`;
  return request.overwrite === true
    ? { name, status: 'warn', detail: `Replaced: ${what}` }
    : {
        name,
        status: 'fail',
        detail: `${what} exists already in ${destination.folder}: choose to replace it (--overwrite)`,
        code: 'file-exists',
      };
}

function spaceCheck(folder: string, sizeBytes: number, freeBytes: number | null): ExportCheck {
  const name = 'Disk space';
  const needed = `about ${sizeText(sizeBytes)} needed`;
  if (freeBytes === null)
    return { name, status: 'warn', detail: `${needed}; the system does not say what is free` };
  const detail = `${needed}, ${sizeText(freeBytes)} free`;
  if (sizeBytes > freeBytes)
    return {
      name,
      status: 'fail',
      detail: `The disk of ${folder} is too full: ${detail}`,
      code: 'disk-full',
    };
  return { name, status: sizeBytes > freeBytes / 2 ? 'warn' : 'pass', detail };
}

function sheetsCheck(format: ExportFormat, files: readonly PlannedFile[]): readonly ExportCheck[] {
  const sheets = Math.max(0, ...files.map(({ rows }) => sheetsOf(rows)));
  if (format !== 'xlsx' || sheets <= 1) return [];
  const detail = `More rows than a sheet holds: they go on over ${counted(sheets, 'sheet')}`;
  return [{ name: 'Sheets', status: 'warn', detail }];
}

/** Bytes a row for each character of the preview, measured on bars of a year. */
const bytesPerCharacter: Readonly<Record<ExportFormat, number>> = {
  csv: 1,
  postgresql: 1,
  jsonl: 1,
  parquet: 0.25,
  arrow: 1,
  xlsx: 0.6,
  lean: 0.35,
};
const squeezed = 0.3;
const characterFloor = 30;

/** From the first rows as text: near enough to tell whether a disk has room. */
function estimatedBytes(
  { files, previews }: ExportLook,
  format: ExportFormat,
  isCompressed: boolean,
): number {
  return previews.reduce((sum, { dataset, columns, rows }) => {
    const inFiles = files.filter((file) => file.dataset === dataset);
    const total = inFiles.reduce((count, file) => count + file.rows, 0);
    // JSON names every value.
    const named = format === 'jsonl' ? columns.join('').length + columns.length * 5 : columns.length;
    const text = rows.reduce((length, row) => length + row.join('').length + named, 0);
    const perRow = rows.length === 0 ? characterFloor : text / rows.length;
    const isText = format === 'csv' || format === 'jsonl';
    const factor = bytesPerCharacter[format] * (isText && isCompressed ? squeezed : 1);
    return sum + Math.ceil(total * perRow * factor);
  }, 0);
}

async function freeBytesAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(nearestFolder(folder));
    return bavail * bsize;
  } catch {
    return null;
  }
}

function listed(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(', ')
    : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}
