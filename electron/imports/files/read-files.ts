import type { ImportedFile, ImportSource } from '#shared/domain/import';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError } from '#shared/errors';
import type { Engine } from '../../engine/engine.ts';
import { diskError } from '../../storage/disk-error.ts';
import { recogniseArrow, readArrow } from './arrow-source.ts';
import { BarIntake, type OnBars, type SourceIntake } from './bar-intake.ts';
import type { ReadProgress, ReadTask } from './import-work.ts';
import { listImportFiles, type ImportFile } from './list-import-files.ts';
import { openContents, type Content } from './open-content.ts';
import { readParquet, recogniseParquet } from './parquet-source.ts';
import { readHead } from './read-head.ts';
import { readText } from './read-text.ts';
import { kindOf, recogniseText, type Recognised } from './recognise.ts';
import { UnmappedImport, UnreadableImport } from './unreadable.ts';

export interface FilesRead {
  readonly intake: BarIntake;
  readonly sources: readonly ImportSource[];
  readonly sourceCount: number;
  /** Names of all sources, by the places that bars remember. */
  readonly sourceNames: readonly string[];
  readonly files: readonly ImportedFile[];
  readonly timeframe: Timeframe | null;
  readonly likelyTimeframe: Timeframe | null;
  readonly notes: readonly string[];
  readonly isPartial: boolean;
}

/** Enough was read: what follows is left unread. */
class EnoughRead extends Error {}

const mostSources = 200;
const mostNotes = 100;

/**
 * Reads every file to its end, one after the other. What cannot be read of one is told and takes nothing of the others
 * with it.
 */
export async function readFiles(
  engine: Engine,
  task: ReadTask,
  onBars: OnBars,
  onProgress: (progress: ReadProgress) => void,
): Promise<FilesRead> {
  const { files, notes: listNotes } = await listImportFiles(task.files);
  const notes = [...listNotes];
  const sources: ImportSource[] = [];
  const sourceNames: string[] = [];
  const results: ImportedFile[] = [];
  const { symbol, timeframe } = task;
  const range = { from: task.from ?? -Infinity, until: task.until ?? Infinity };
  const intake = new BarIntake({ symbol, timeframe, range, onBars });
  let known = timeframe;
  let isPartial = false;
  const isEnough = () => {
    const { rows, rejected } = intake.counts();
    return task.mostRows !== null && rows + rejected >= task.mostRows;
  };
  const sizeBytesTotal = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;

  for (const [place, file] of files.entries()) {
    if (isEnough()) {
      isPartial = true;
      break;
    }
    const report = (packedBytes: number, own: SourceIntake) =>
      onProgress({
        ...{ files: place, filesTotal: files.length, sizeBytesTotal },
        rows: results.reduce((sum, { rows }) => sum + rows, 0) + own.counts().rows,
        sizeBytes: Math.min(doneBytes + packedBytes, sizeBytesTotal),
        doing: `Reading ${file.name}`,
      });
    await eachContent(file, intake, results, async (content) => {
      if (isEnough()) {
        isPartial = true;
        return;
      }
      const recognised = await recognise(engine, content, task).catch((error: unknown) => {
        if (error instanceof UnmappedImport && sources.length < mostSources) sources.push(error.source);
        throw error;
      });
      const { source } = recognised;
      known ??= source.timeframe ?? (await columnTimeframe(recognised));
      if (known !== null && source.timeframe !== null && source.timeframe !== known)
        throw new UnreadableImport(`holds ${source.timeframe} bars, and this import is of ${known}`);
      sources.push(...(sources.length < mostSources ? [source] : []));
      notes.push(...recognised.notes);
      const own = intake.source({ ...source, timeframe: known }, sourceNames.length, recognised.dayNumber);
      sourceNames.push(source.name);
      report(0, own);
      let failure: unknown = null;
      try {
        await readRows(engine, recognised, own, (bytes) => {
          report(bytes, own);
          if (isEnough()) throw new EnoughRead();
        });
      } catch (error) {
        if (error instanceof EnoughRead) isPartial = true;
        else failure = error;
      }
      await own.drain();
      if (failure !== null) own.reject(0, '', `${reasonOf(failure)}; what stood before was read`);
      results.push({ name: source.name, format: source.format, ...own.counts() });
    });
    doneBytes += file.sizeBytes;
  }
  await intake.end();
  return {
    ...{ intake, sources, sourceCount: sourceNames.length, sourceNames, files: results },
    ...{ timeframe: known, isPartial },
    likelyTimeframe: likelyTimeframe(intake.steps),
    notes:
      notes.length > mostNotes
        ? [...notes.slice(0, mostNotes), `... and ${notes.length - mostNotes} more`]
        : notes,
  };
}

async function eachContent(
  file: ImportFile,
  intake: BarIntake,
  results: ImportedFile[],
  act: (content: Content) => Promise<void>,
): Promise<void> {
  const refuse = (name: string, error: unknown) => {
    intake.rejectSource(name, reasonOf(error));
    results.push({ name, format: null, rows: 0, rejected: 1 });
  };
  try {
    const { contents, close } = await openContents(file);
    try {
      for (const content of contents)
        await act(content).catch((error: unknown) => refuse(content.name, error));
    } finally {
      close();
    }
  } catch (error) {
    refuse(file.name, error);
  }
}

async function recognise(
  engine: Engine,
  content: Content,
  { map, zone, storeZone, barTime }: ReadTask,
): Promise<Recognised> {
  const options = { map, zone, storeZone, barTime };
  const kind = kindOf(await readHead(content));
  if (kind === 'parquet') return recogniseParquet(engine, content, options);
  return kind === 'arrow' ? recogniseArrow(content, options) : recogniseText(content, options);
}

function readRows(
  engine: Engine,
  recognised: Recognised,
  own: SourceIntake,
  onBytes: (packedBytes: number) => void,
): Promise<void> {
  const { source, content } = recognised;
  if (source.format === 'parquet')
    return readParquet(engine, recognised, own, (share) => onBytes(share * content.file.sizeBytes));
  return source.format === 'arrow'
    ? readArrow(recognised, own, () => onBytes(0))
    : readText(recognised, own, onBytes);
}

/** Of files whose rows say it, the first one counts. */
async function columnTimeframe({ source }: Recognised): Promise<Timeframe | null> {
  const place = source.mapping.timeframe;
  return Promise.resolve(place === undefined ? null : parseTimeframe(source.columns[place]?.sample ?? ''));
}

const steps = [
  '1s',
  '5s',
  '15s',
  '30s',
  '1m',
  '2m',
  '3m',
  '5m',
  '10m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '1d',
  '1w',
];

function likelyTimeframe(counts: ReadonlyMap<number, number>): Timeframe | null {
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  const match = steps
    .map(parseTimeframe)
    .find((each) => each !== null && timeframeLength(each) === commonest?.[0]);
  return match ?? null;
}

function reasonOf(error: unknown): string {
  if (error instanceof UnreadableImport) return error.message;
  if (error instanceof WorkbenchError) throw error;
  const worded = diskError(error);
  if (worded.code === 'unexpected') throw error;
  return `cannot be read: ${worded.message}`;
}
