import { resolutionIn, type Dataset, type FileLevel } from '#schemas/define-dataset';
import { isQueryName } from '#shared/domain/sql';
import { tierIds, type ColderTierId, type TierId } from '#shared/domain/tier';
import type { Resolution } from '#shared/domain/timeframe';
import { datasets } from '#schemas/index';
import { encodeName } from './encode-name.ts';

/** Where things lie in a store. Paths are relative to its folder and written with `/`. */
export const storeFile = 'store.json';
export const walFolder = '_wal';
export const lockFolder = '_locks';
export const lockFile = '_locks/owner.json';
export const httpNoteFile = '_locks/http.json';
export const trashFolder = '_trash';
export const tombstoneFolder = '_tombstones';
export const rejectFolder = '_rejects';
export const sizeHistoryFile = '_catalog/size_history.json';
export const jobFolder = '_jobs';
export const savedQueryFolder = 'sql';
export const exportProfileFolder = 'export-profiles';
export const holdsFile = '_holds/holds.json';
export const schedulesFile = '_schedules/schedules.json';
/** Gaps that somebody said are expected. */
export const expectedGapsFile = '_quality/expected-gaps.json';
/** Where bots keep the snapshots of how they do. */
export const performanceFolder = 'performance';
export const currentObjectsFile = 'objects/current/objects.parquet';

/** Where the files of a tier lie in the store; those of the hot one lie in the store itself. */
export const tierFolders = { warm: 'archive', cold: 'cold' } as const satisfies Partial<
  Record<TierId, string>
>;

/** The tier that a file lies in, by its path. */
export function tierOf(path: string): TierId {
  const folder = path.slice(0, path.indexOf('/'));
  return folder === tierFolders.warm ? 'warm' : folder === tierFolders.cold ? 'cold' : 'hot';
}

/** A path of the store as it is in a tier: `cold/data/5m/2025.parquet`. */
function inTier(tier: TierId, path: string): string {
  return tier === 'hot' ? path : `${tierFolders[tier]}/${path}`;
}

/** What stands in a path behind the folder of its tier. */
export function withinTier(path: string): string {
  return tierOf(path) === 'hot' ? path : path.slice(path.indexOf('/') + 1);
}

/** Says whose the folder of a tier is, so that an empty mount point, or another store's folder, is not taken for it. */
export function tierMarkerFile(tier: ColderTierId): string {
  return `${tierFolders[tier]}/${tierMarkerName}`;
}

export const tierMarkerName = 'tapedeck-tier.json';

/** The folders that files of datasets lie in, of every tier. */
export const dataFolders: readonly string[] = tierIds.flatMap((tier) =>
  datasets.map(({ folder }) => inTier(tier, folder)),
);

/** Each disk keeps the files that were on it until their deadline: moving them to another would be copying. */
export const trashFolders: readonly string[] = tierIds.map((tier) => inTier(tier, trashFolder));
export const rejectFolders: readonly string[] = tierIds.map((tier) => inTier(tier, rejectFolder));

/** What a data file's path says. */
export interface DataPath {
  readonly dataset: Dataset;
  readonly timeframe: Resolution;
  readonly level: FileLevel;
  /** `2025-09-02`, `2025-09` or `2025`: what the file covers; for a part, the folder it lies in. */
  readonly partition: string;
  /** For a compacted file: which writing of this partition it is, from 1. For a part: null. */
  readonly revision: number | null;
}

const periodPatterns: Readonly<Record<Exclude<FileLevel, 'part'>, RegExp>> = {
  day: /^(\d{4}-\d{2}-\d{2})(?:\.r([2-9]|[1-9]\d+))?\.parquet$/,
  month: /^(\d{4}-\d{2})(?:\.r([2-9]|[1-9]\d+))?\.parquet$/,
  year: /^(\d{4})(?:\.r([2-9]|[1-9]\d+))?\.parquet$/,
};
const partPattern = /^part-[^/\\]+\.parquet$/;

/** The period of a level that an instant falls in, in UTC: `2025-09-02`, `2025-09` or `2025`. */
export function periodOf(level: Exclude<FileLevel, 'part'>, tsMs: number): string {
  const length = { day: 10, month: 7, year: 4 }[level];
  return new Date(tsMs).toISOString().slice(0, length);
}

/** First instant of a period and of the one after it, ms UTC. */
export function periodRange(period: string): { readonly from: number; readonly until: number } {
  const [year = 1970, month = 1, day = 1] = period.split('-').map(Number);
  const from = Date.UTC(year, month - 1, day);
  if (period.length === 4) return { from, until: Date.UTC(year + 1, 0, 1) };
  if (period.length === 7) return { from, until: Date.UTC(year, month, 1) };
  return { from, until: Date.UTC(year, month - 1, day + 1) };
}

/** Whether a period is a day, a month or a year; null when it is none. */
export function levelOfPeriod(period: string): Exclude<FileLevel, 'part'> | null {
  if (!isPeriod(period)) return null;
  return ({ 10: 'day', 7: 'month', 4: 'year' } as const)[period.length] ?? null;
}

/** Whether a text is a day, a month or a year that the calendar has. */
export function isPeriod(period: string): boolean {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(period)) return false;
  const { from } = periodRange(period);
  return new Date(from).toISOString().startsWith(period);
}

/** The level that parts of a dataset are first merged into; their folders are named by its periods. */
export function firstCompactedLevel(dataset: Dataset): Exclude<FileLevel, 'part'> {
  const level = dataset.levels.find((candidate) => candidate !== 'part');
  if (level === undefined) throw new Error(`${dataset.name} has no level above parts`);
  return level;
}

/** Name of a part that was never used before: `writer` is drawn anew at every opening, `count` runs within it. */
export function partPath(
  dataset: Dataset,
  timeframe: string,
  partition: string,
  firstTsMs: number,
  writer: string,
  count: number,
): string {
  const stamp = new Date(firstTsMs).toISOString().replace(/[-:.Z]/g, '');
  return `${dataset.folder}/${timeframe}/${partition}/part-${stamp}-${writer}-${count}.parquet`;
}

/** The path of a writing of a period: `data/5m/2025-09-02.parquet`, from the second on `2025-09-02.r2.parquet`. */
export function compactedPath(
  dataset: Dataset,
  timeframe: string,
  period: string,
  revision: number,
  tier: TierId = 'hot',
): string {
  const suffix = revision === 1 ? '' : `.r${revision}`;
  return inTier(tier, `${dataset.folder}/${timeframe}/${period}${suffix}.parquet`);
}

/** Reads what a path says; null for anything that is not a data file of a dataset. */
export function parseDataPath(path: string): DataPath | null {
  const segments = withinTier(path).split('/');
  const dataset = datasets.find(({ folder }) => folder === segments[0]);
  if (dataset === undefined) return null;
  const timeframe = resolutionIn(dataset, segments[1] ?? '');
  if (timeframe === null || timeframe !== segments[1]) return null;
  if (segments.length === 4) {
    // Parts are loose for a while and then merged: they never move.
    if (tierOf(path) !== 'hot') return null;
    return parsePart(dataset, timeframe, segments[2] ?? '', segments[3] ?? '');
  }
  if (segments.length !== 3) return null;
  for (const level of dataset.levels) {
    if (level === 'part') continue;
    const match = periodPatterns[level].exec(segments[2] ?? '');
    if (match?.[1] === undefined || !isPeriod(match[1])) continue;
    return { dataset, timeframe, level, partition: match[1], revision: Number(match[2] ?? 1) };
  }
  return null;
}

function parsePart(dataset: Dataset, timeframe: Resolution, folder: string, name: string): DataPath | null {
  const isPartition =
    dataset.levels.includes('part') && levelOfPeriod(folder) === firstCompactedLevel(dataset);
  if (!isPartition || !partPattern.test(name)) return null;
  return { dataset, timeframe, level: 'part', partition: folder, revision: null };
}

/** Where the rows lie that a job took out of the store, one as JSON on each line. */
export function quarantinePath(jobId: string): string {
  return `${rejectFolder}/quarantine/${jobId}.ndjson`;
}

/** Where a segment of the log lies: `_wal/segment_00042.wal`. */
export function segmentPath(number: number): string {
  return `${walFolder}/segment_${String(number).padStart(5, '0')}.wal`;
}

/** The number of a log segment from its file name; null for other names. */
export function parseSegmentName(name: string): number | null {
  const match = /^segment_(\d{5,})\.wal$/.exec(name);
  return match?.[1] === undefined ? null : Number(match[1]);
}

/** Where a job leaves a file that is no longer part of the store: in the trash of the tier that the file lies in. */
export function trashPath(jobId: string, path: string): string {
  return inTier(tierOf(path), `${trashFolder}/${jobId}/${withinTier(path)}`);
}

/** The job and the own path of a file in the trash; null for other paths. */
export function parseTrashPath(at: string): { readonly job: string; readonly path: string } | null {
  const [top, job, ...rest] = withinTier(at).split('/');
  if (top !== trashFolder || job === undefined || rest.length === 0) return null;
  return { job, path: inTier(tierOf(at), rest.join('/')) };
}

/** Where a file is set aside that is no longer part of the store. */
export function rejectPath(path: string): string {
  return inTier(tierOf(path), `${rejectFolder}/${withinTier(path)}`);
}

/** Where it is written down which files a job took out of the store. */
export function tombstonePath(jobId: string): string {
  return `${tombstoneFolder}/${jobId}.json`;
}

/** Where a job is kept, with its request and its report. */
export function jobPath(id: string): string {
  return `${jobFolder}/${id}.json`;
}

/** Where a job's own log is kept. */
export function jobLogPath(id: string): string {
  return `${jobFolder}/${id}.log`;
}

/** The id of a job from the path of its file; null for other files. Ids sort by the time of their jobs. */
export function parseJobPath(path: string): string | null {
  return /^_jobs\/(\d{8}T\d{6}-[a-z0-9-]+)\.json$/.exec(path)?.[1] ?? null;
}

/** Where a file is written before it is renamed to its name. Readers skip names that begin with a dot. */
export function dotPath(path: string): string {
  const slash = path.lastIndexOf('/');
  return `${path.slice(0, slash + 1)}.${path.slice(slash + 1)}.tmp`;
}

/** Where the picture of a chart lies, named as those that bots make: `images/SPY_15M_chart.png`. */
export function imagePath(symbol: string, timeframe: string): string {
  return `images/${encodeName(symbol)}_${timeframe.toUpperCase()}_chart.png`;
}

/** Where a query is saved, plain for any editor. Its name must be one of `isQueryName`. */
export function savedQueryPath(name: string): string {
  return `${savedQueryFolder}/${name}.sql`;
}

/** The name of a saved query from its file's; null for other files. */
export function parseSavedQueryName(fileName: string): string | null {
  const name = fileName.endsWith('.sql') ? fileName.slice(0, -'.sql'.length) : '';
  return isQueryName(name) ? name : null;
}
