import { counted } from '#shared/counted';
import type {
  BarTime,
  ConflictRule,
  ImportInspection,
  ImportReport,
  ImportRequest,
} from '#shared/domain/import';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import { isZone } from '#shared/domain/zone-offsets';
import { WorkbenchError } from '#shared/errors';
import { groupBy } from '#shared/group-by';
import { DAY } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import { symbolFault } from '#schemas/symbol-rule';
import { absoluteShapes } from '../../engine/shaped-source.ts';
import type { CompareResult, ReadProgress, ReadResult } from '../../imports/files/import-work.ts';
import { bySequence } from '../../storage/catalog.ts';
import { shapesOf } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably } from '../../storage/publish-file.ts';
import type { KeepAverages } from '../keep-averages.ts';
import type { MergeParts } from '../merge-job.ts';
import { newRowsPath, replaceWithFile } from '../replace-with-file.ts';
import type { RefreshAround } from '../rollups/rollups.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { addPeriods, type StoredFile } from './add-periods.ts';
import type { ImportSession, Importer } from './importer.ts';
import { waitForYears } from './wait-for-years.ts';

export interface ImportParts {
  readonly merging: MergeParts;
  readonly importer: Importer;
  /** Of times without an offset, where nobody says another. */
  readonly zone: string;
  readonly refreshAround: RefreshAround;
  readonly keepAverages: KeepAverages;
}

/** What is told on the way. */
export interface ImportTelling {
  readonly signal: AbortSignal;
  readonly onRead: (progress: Partial<ReadProgress>) => void;
  readonly onStep: (doing: string) => void;
  readonly log: (text: string) => void;
  /** What is stored already, should the rest not come to be. */
  readonly onStored: (report: ImportReport) => void;
}

/** A request whose words have been checked. */
export interface CheckedRequest {
  readonly files: readonly string[];
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  readonly zone: string | null;
  readonly map: NonNullable<ImportRequest['map']>;
  readonly barTime: BarTime | null;
  readonly onConflict: ConflictRule;
  readonly from: number | null;
  readonly until: number | null;
}

/** Throws what is wrong with the words of a request; the files are another matter. */
export function checkRequest({ files, map, barTime, ...request }: ImportRequest): CheckedRequest {
  const { symbol = null, zone = null, onConflict = 'skip' } = request;
  const timeframe = request.timeframe === undefined ? null : parseTimeframe(request.timeframe);
  if (files.length === 0) throw new WorkbenchError('argument-invalid', 'files: there are none to import');
  if (request.timeframe !== undefined && timeframe === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${request.timeframe} is not one such as 5m`);
  const fault = symbol === null ? null : symbolFault(symbol);
  if (fault !== null) throw new WorkbenchError('argument-invalid', `symbol: ${symbol} ${fault}`);
  if (zone !== null && !isZone(zone))
    throw new WorkbenchError('argument-invalid', `zone: there is no time zone ${zone}`);
  const { from = null, until = null } = request;
  if (from !== null && until !== null && from >= until)
    throw new WorkbenchError('argument-invalid', 'until: it must be later than from');
  return {
    ...{ files, symbol, timeframe, zone, map: map ?? {}, barTime: barTime ?? null, onConflict },
    ...{ from, until },
  };
}

/** So many rows of the start of files are read while somebody waits for a first look. */
const glimpsedRows = 20_000;

/**
 * Reads and compares, and writes nothing: what an import of the request would come to. A glimpse reads the start of the
 * files alone; where that is not all of them, it is not compared with what is stored.
 */
export async function inspectImport(
  { merging, importer, zone }: ImportParts,
  request: CheckedRequest,
  isGlimpse: boolean,
  signal?: AbortSignal,
): Promise<ImportInspection> {
  const session = importer.begin(undefined, signal);
  try {
    const task = { ...request, storeZone: zone, mostRows: isGlimpse ? glimpsedRows : null };
    // A symbol that is not said yet must not keep anybody from seeing the rest.
    const read = await session.read(task);
    const needsSymbol = read.rows === 0 && read.rejected.some(({ field }) => field === 'symbol');
    const shown = needsSymbol ? await session.read({ ...task, symbol: placeholder }) : read;
    const timeframe = shown.timeframe ?? shown.likelyTimeframe;
    const isKnown = timeframe !== null && !needsSymbol && !shown.isPartial;
    const compared = isKnown
      ? await compareWithStore(merging, session, shown, timeframe, request.onConflict)
      : nothingStored(shown);
    const report = reportOf(shown, compared, request.onConflict, timeframe);
    return {
      ...{ sources: shown.sources, sourceCount: shown.sourceCount, timeframe },
      isPartial: shown.isPartial,
      bars: shown.firstBars.map((bar) => (needsSymbol ? { ...bar, symbol: '' } : bar)),
      missing: [
        ...(needsSymbol ? ['symbol' as const] : []),
        ...(shown.timeframe === null ? ['timeframe' as const] : []),
      ],
      report: { ...report, symbols: needsSymbol ? [] : report.symbols, isDryRun: true },
    };
  } finally {
    session.close();
  }
}

/** Stands for a symbol that nobody has said yet. It is never stored. */
const placeholder = '_';

/**
 * Imports. New bars come into the store with one record of the log, all or none; days that are replaced change one by
 * one before that, each whole.
 */
export async function runImport(
  parts: ImportParts,
  request: CheckedRequest,
  telling: ImportTelling,
): Promise<ImportReport> {
  const { merging, importer, zone } = parts;
  const { signal, onStep, log } = telling;
  const session = importer.begin(telling.onRead, signal);
  try {
    const read = await session.read({ ...request, storeZone: zone, mostRows: null });
    for (const { file, line, field, reason } of read.rejected.slice(0, mostLogged))
      log(`${file}${line === 0 ? '' : `, line ${line}`}: ${field === '' ? '' : `${field} `}${reason}.`);
    if (read.rejectedRows > mostLogged) log(`... ${read.rejectedRows} in all were rejected.`);
    const timeframe = read.timeframe;
    if (read.rows > 0 && timeframe === null)
      throw new WorkbenchError('argument-invalid', 'timeframe: the files do not say how long their bars are');
    if (timeframe === null) return reportOf(read, nothingStored(read), request.onConflict, timeframe);

    const unlock = await waitForYears(merging.locks, timeframe, read, onStep, signal);
    try {
      onStep('Comparing with what is stored');
      const compared = await compareWithStore(merging, session, read, timeframe, request.onConflict);
      if (request.onConflict === 'stop' && compared.conflicts > 0) throw conflict(compared);
      const report = reportOf(read, compared, request.onConflict, timeframe);
      const replaced = await replaceDays(parts, session, compared, timeframe, request, telling, report);
      const added = await addPeriods(merging, session, read, compared, timeframe, telling);
      onStep('Bringing rollups and averages up to date');
      const touched = [...replaced, ...added];
      if (touched.length > 0) {
        await parts.refreshAround(
          touched.map(({ partition }) => periodRange(partition)),
          signal,
        );
        await parts.keepAverages(touched, true);
      }
      return report;
    } finally {
      unlock();
    }
  } finally {
    session.close();
  }
}

const mostLogged = 200;

async function compareWithStore(
  { store, root }: MergeParts,
  session: ImportSession,
  { first, last, symbols }: ReadResult,
  timeframe: Timeframe,
  onConflict: ConflictRule,
): Promise<CompareResult> {
  const replacesDays = onConflict === 'replace-day';
  if (first === null || last === null) return session.compare({ stored: [], shapes: {}, replacesDays });
  // Rows that are in memory only are then in files too.
  if (store.access === 'owner') await store.flushParts();
  const wanted = new Set(symbols);
  const from = Math.floor(first / DAY) * DAY;
  const until = (Math.floor(last / DAY) + 1) * DAY;
  const files = [...store.catalog.files()]
    .filter(
      (file) =>
        file.dataset === candles.name &&
        file.timeframe === timeframe &&
        file.spans.some((span) => wanted.has(span.symbol) && span.first < until && span.last >= from),
    )
    .sort(bySequence);
  for (const file of files) {
    const absence = store.catalog.absence(file);
    if (absence !== null) throw new WorkbenchError('tier-missing', `${file.path}: ${absence}`);
  }
  const release = store.pin();
  try {
    return await session.compare({
      stored: files.map(({ path }) => `${root}/${path}`),
      shapes: Object.fromEntries(absoluteShapes(root, shapesOf(files))),
      replacesDays,
    });
  } finally {
    release();
  }
}

/** For bars of which it is not known yet what they are to be compared with. */
function nothingStored({ rows }: ReadResult): CompareResult {
  return { duplicates: 0, conflicts: 0, days: [], fresh: rows === 0 ? [] : [{ day: '', rows }] };
}

function conflict({ conflicts, days }: CompareResult): WorkbenchError {
  const [first] = days;
  const where = first === undefined ? '' : `, the first of ${first.symbol} on ${first.day}`;
  return new WorkbenchError(
    'import-conflict',
    `${counted(conflicts, 'bar is', 'bars are')} stored with other values${where}; nothing was imported`,
  );
}

function reportOf(
  read: ReadResult,
  compared: CompareResult,
  onConflict: ConflictRule,
  timeframe: Timeframe | null,
): ImportReport {
  const replaced = onConflict === 'replace-day' ? compared.days : [];
  const replacing = replaced.reduce((sum, { incoming }) => sum + incoming, 0);
  const { first, last } = read;
  return {
    rows: compared.fresh.reduce((sum, { rows }) => sum + rows, 0) + replacing,
    duplicates: compared.duplicates + read.repeats,
    rejected: read.rejected,
    from: first,
    until: last === null ? null : last + (timeframe === null ? 1 : timeframeLength(timeframe)),
    rejectedRows: read.rejectedRows,
    outside: read.outside,
    conflicts: compared.conflicts,
    conflictDays: compared.days.slice(0, mostDaysTold),
    replacedDays: replaced.length,
    symbols: read.symbols,
    timeframe,
    files: read.files,
    notes: read.notes,
    isDryRun: false,
  };
}

const mostDaysTold = 1_000;

async function replaceDays(
  { merging }: ImportParts,
  session: ImportSession,
  { days }: CompareResult,
  timeframe: Timeframe,
  { onConflict }: CheckedRequest,
  { signal, onStep, log, onStored }: ImportTelling,
  planned: ImportReport,
): Promise<readonly StoredFile[]> {
  if (onConflict !== 'replace-day') return [];
  const { store, root } = merging;
  const stored: StoredFile[] = [];
  const byDay = groupBy(days, ({ day }) => day);
  let rows = 0;
  for (const [place, [day, own]] of [...byDay].entries()) {
    signal.throwIfAborted();
    onStep(`Replacing ${day}, ${place + 1} of ${byDay.size}`);
    const symbols = own.map(({ symbol }) => symbol);
    const path = newRowsPath(timeframe, day, place + 1);
    try {
      await makeFolderDurably(store.fs, folderOf(path));
      const output = `${root}/${path}`;
      const written = await session.write({
        ...{ bars: 'all', symbols, timeframe },
        files: [{ ...periodRange(day), output, metadata: {}, globalX: [] }],
      });
      const dayRows = written.reduce((sum, each) => sum + each.rows, 0);
      const file = { timeframe, day, path, rows: dayRows, symbols };
      stored.push(await replaceWithFile(merging, file, signal));
      rows += dayRows;
      log(`${day}: ${counted(dayRows, 'bar')} in the place of what was stored of ${symbols.join(', ')}.`);
      onStored({ ...planned, rows, replacedDays: place + 1 });
    } finally {
      await store.fs.remove(path).catch(() => undefined);
    }
  }
  if (stored.length > 0) await moveToTrash(store);
  return stored;
}
