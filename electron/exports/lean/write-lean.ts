import { barColumns } from '#shared/domain/candle';
import { instantOfLocal } from '#shared/domain/zone-time';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import type { ExportSlice } from '../../engine/export-slice.ts';
import type { PreparedSlice } from '../../engine/prepare-slice.ts';
import { sha256Of } from '../../engine/sha256-of.ts';
import type { ExportLook, ExportWork, WrittenFile } from '../export-work.ts';
import { isWholeFile, leanPlace, leanResolution, leanTickers, type LeanResolution } from './lean-layout.ts';
import { leanLine, leanTime, mergeLeanLines } from './lean-lines.ts';
import { readLeanZip, writeLeanZip } from './lean-zip.ts';

const previewRows = 20;
/** Bars that are read at once: some months of minutes. */
const daysAtOnce = 92;

/** The lines of one file of Lean's data folder. */
interface LeanFile {
  readonly path: string;
  readonly entry: string;
  readonly lines: readonly string[];
}

/** Which files would be written, with their bars, and the first lines of the first. */
export async function lookAtLean(
  engine: Engine,
  work: ExportWork,
  slice: ExportSlice,
  prepared: PreparedSlice,
): Promise<ExportLook> {
  const files: ExportLook['files'][number][] = [];
  let first: LeanFile | undefined;
  for await (const file of leanFiles(engine, work, slice, prepared)) {
    first ??= file;
    files.push({ path: file.path, dataset: 'candles', rows: file.lines.length });
  }
  const prices = ['open', 'high', 'low', 'close', 'volume'];
  const columns = [isWholeFile(leanResolution(work.timeframe)) ? 'time' : 'ms since midnight', ...prices];
  const rows = (first?.lines ?? [])
    .slice(0, previewRows)
    .map((line) => line.split(',').slice(0, columns.length));
  return { files, previews: first === undefined ? [] : [{ dataset: 'candles', columns, rows }] };
}

/** Writes a file for each day of each symbol, or one a symbol that also holds what the target's file holds. */
export async function writeLean(
  engine: Engine,
  work: ExportWork,
  slice: ExportSlice,
  prepared: PreparedSlice,
  { staging, target }: { readonly staging: string; readonly target: string },
  onFile: (file: WrittenFile) => void,
): Promise<void> {
  const isMerged = isWholeFile(leanResolution(work.timeframe));
  for await (const { path, entry, lines } of leanFiles(engine, work, slice, prepared)) {
    const known = isMerged ? await readLeanZip(join(target, path), entry) : [];
    const written = join(staging, path);
    await mkdir(dirname(written), { recursive: true });
    await writeLeanZip(written, entry, isMerged ? mergeLeanLines(known, lines) : lines);
    const file = {
      path,
      dataset: 'candles' as const,
      rows: lines.length,
      sizeBytes: (await stat(written)).size,
      sha256: await sha256Of(written),
    };
    onFile({ file, isMerged });
  }
}

async function* leanFiles(
  engine: Engine,
  work: ExportWork,
  slice: ExportSlice,
  prepared: PreparedSlice,
): AsyncGenerator<LeanFile, void, undefined> {
  const resolution = leanResolution(work.timeframe);
  const symbols = slice.symbols.map(({ symbol }) => symbol);
  for (const [symbol, ticker] of leanTickers(symbols, work.profile)) {
    const pieces: LeanFile[] = [];
    for (const [from, until] of stretches(work, slice)) {
      const rows = prepared.rowsSql({ symbol, from, until });
      const files = await filesIn(engine, work, resolution, ticker, rows);
      if (isWholeFile(resolution)) pieces.push(...files);
      else yield* files;
    }
    const [first] = pieces;
    if (first !== undefined) yield { ...first, lines: pieces.flatMap(({ lines }) => lines) };
  }
}

/** Stretches of whole days, so that no day is cut in two. */
function stretches({ profile }: ExportWork, { from, until }: ExportSlice): [number, number][] {
  const { zone } = profile.time;
  const found: [number, number][] = [];
  for (let start = from; start < until;) {
    const end = Math.min(until, instantOfLocal(zone, leanTime(start, zone).dayNumber + daysAtOnce));
    found.push([start, end]);
    start = end;
  }
  return found;
}

async function filesIn(
  engine: Engine,
  { profile }: ExportWork,
  resolution: LeanResolution,
  ticker: string,
  rows: string,
): Promise<readonly LeanFile[]> {
  const [ts = [], open = [], high = [], low = [], close = [], volume = []] = await engine.numbers(
    `SELECT ${barColumns.map((name) => `${name}::DOUBLE`).join(', ')} FROM (${rows}) ORDER BY ts`,
    [],
  );
  const files = new Map<
    string,
    { readonly path: string; readonly entry: string; readonly lines: string[] }
  >();
  for (let index = 0; index < ts.length; index += 1) {
    const at = (column: ArrayLike<number>) => column[index] ?? Number.NaN;
    const bar = {
      ts: at(ts),
      open: at(open),
      high: at(high),
      low: at(low),
      close: at(close),
      volume: at(volume),
    };
    const { dayNumber } = leanTime(bar.ts, profile.time.zone);
    const place = leanPlace(profile, resolution, ticker, dayNumber);
    let file = files.get(place.path);
    if (file === undefined) files.set(place.path, (file = { ...place, lines: [] }));
    file.lines.push(leanLine(bar, resolution, profile.lean.security, profile.time.zone));
  }
  return [...files.values()];
}
