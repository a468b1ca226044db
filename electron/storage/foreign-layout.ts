import { resolutionIn, type Dataset, type FileLevel } from '#schemas/define-dataset';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import { rollups } from '#schemas/datasets/rollups';
import { datasets } from '#schemas/index';
import { parseTimeframe } from '#shared/domain/timeframe';
import { firstCompactedLevel, levelOfPeriod } from './layout.ts';

/** What other programs may put into a store. Rollups are made of what it has, and taken from nobody. */
export const foreignDatasets: readonly Dataset[] = datasets.filter(({ name }) => name !== rollups.name);

/** What a file of a folder in the original bots' layout holds. */
export interface ForeignPath {
  readonly path: string;
  readonly dataset: string;
  /**
   * Bars, events and the rows of all other datasets are of one timeframe. A timeline has a day's events of all of them,
   * and the current objects are states without a history.
   */
  readonly kind: 'bars' | 'rows' | 'events' | 'timeline' | 'current';
  /** Lower case; null where the rows say it. */
  readonly timeframe: string | null;
  readonly level: FileLevel;
  /** The day, month or year in its name; empty for the current objects. */
  readonly partition: string;
}

/**
 * Reads a path as the original bots write it: any case of the timeframe, any name for a part, months of events in a
 * folder of their own. Null for what is no data.
 */
export function parseForeignPath(path: string): ForeignPath | null {
  const segments = path.split('/');
  const name = segments.at(-1) ?? '';
  if (!/^[^.].*\.parquet$/i.test(name)) return null;
  const dataset = foreignDatasets.find(({ folder }) => folder === segments[0]);
  if (dataset === undefined) return null;
  return dataset === objects ? parseObjects(path, segments, name) : parseRows(dataset, path, segments, name);
}

/** Whether each row of a file stands for itself, rather than for a step in the life of an object. */
export function holdsPlainRows({ kind }: Pick<ForeignPath, 'kind'>): boolean {
  return kind === 'bars' || kind === 'rows';
}

/** Whether a folder of the top folders is one that data lies in. */
export function isForeignFolder(top: string, name: string): boolean {
  if (top === objects.folder && (name === 'current' || name === 'timeline')) return true;
  return foreignDatasets.some((dataset) => dataset.folder === top && resolutionIn(dataset, name) !== null);
}

function parseRows(
  dataset: Dataset,
  path: string,
  segments: readonly string[],
  name: string,
): ForeignPath | null {
  const timeframe = resolutionIn(dataset, segments[1] ?? '');
  if (timeframe === null) return null;
  const kind = dataset === candles ? 'bars' : 'rows';
  const found = { path, dataset: dataset.name, kind, timeframe } as const;
  if (segments.length === 3) {
    const period = periodOfName(name);
    return period === null || !dataset.levels.includes(period.level) ? null : { ...found, ...period };
  }
  const folder = segments[2] ?? '';
  if (segments.length !== 4 || levelOfPeriod(folder) !== firstCompactedLevel(dataset)) return null;
  return { ...found, level: 'part', partition: folder };
}

function parseObjects(path: string, segments: readonly string[], name: string): ForeignPath | null {
  const found = { path, dataset: objects.name };
  if (segments[1] === 'current') {
    const isCurrent = segments.length === 3 && name === 'objects.parquet';
    return isCurrent ? { ...found, kind: 'current', timeframe: null, level: 'part', partition: '' } : null;
  }
  if (segments[1] === 'timeline') {
    const period = periodOfName(name);
    const isDay =
      segments.length === 4 && period?.level === 'day' && period.partition.startsWith(segments[2] ?? '-');
    return isDay ? { ...found, kind: 'timeline', timeframe: null, ...period } : null;
  }
  const timeframe = parseTimeframe(segments[1] ?? '');
  if (timeframe === null) return null;
  if (segments.length === 3) {
    const period = periodOfName(name);
    return period?.level === 'month' ? { ...found, kind: 'events', timeframe, ...period } : null;
  }
  const folder = segments[2] ?? '';
  if (segments.length !== 4 || levelOfPeriod(folder) !== 'month') return null;
  return { ...found, kind: 'events', timeframe, level: 'part', partition: folder };
}

function periodOfName(name: string): { readonly level: FileLevel; readonly partition: string } | null {
  const partition = /^(\d{4}(?:-\d{2}){0,2})(?:\.r\d+)?\.parquet$/i.exec(name)?.[1];
  const level = levelOfPeriod(partition ?? '');
  return partition === undefined || level === null ? null : { level, partition };
}
