import type { Dataset, FileLevel } from '#schemas/define-dataset';
import type { FileEntry } from './file-entry.ts';
import { firstCompactedLevel, periodOf, periodRange } from './layout.ts';

export interface CompactionScope {
  readonly dataset: Dataset;
  /** All when left out. */
  readonly timeframe?: string | undefined;
  readonly level: Exclude<FileLevel, 'part'>;
  /** One period of that level; every one that has something to merge when left out. */
  readonly period?: string | undefined;
}

/** Files that become one. They are in the order in which later rows win. */
export interface Merge {
  readonly dataset: Dataset;
  readonly timeframe: string;
  readonly level: Exclude<FileLevel, 'part'>;
  readonly period: string;
  readonly inputs: readonly FileEntry[];
}

/**
 * Decides what to merge. A period whose rows are in one file of its level already is left alone, and so is what a
 * longer period's file holds: late parts of a compacted month make a day file beside it, or a new month file.
 */
export function planCompaction(
  files: Iterable<FileEntry>,
  { dataset, timeframe, level, period }: CompactionScope,
): Merge[] {
  const groups = new Map<string, Merge & { readonly inputs: FileEntry[] }>();
  const rank = (candidate: FileLevel) => dataset.levels.indexOf(candidate);
  for (const file of files) {
    if (file.dataset !== dataset.name || rank(file.level) > rank(level)) continue;
    if (timeframe !== undefined && file.timeframe !== timeframe) continue;
    const own = periodOf(level, periodRange(file.partition).from);
    if (period !== undefined && own !== period) continue;
    const key = `${file.timeframe}/${own}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { dataset, timeframe: file.timeframe, level, period: own, inputs: [file] });
    else group.inputs.push(file);
  }
  return [...groups.values()]
    .filter(({ inputs }) => inputs.length > 1 || inputs[0]?.level !== level)
    .map((merge) => ({ ...merge, inputs: merge.inputs.sort((a, b) => a.sequence - b.sequence) }))
    .sort((a, b) => (`${a.timeframe}/${a.period}` < `${b.timeframe}/${b.period}` ? -1 : 1));
}

/**
 * The files that hold any rows of a day written up to `upTo`, to be rewritten without them: all of the longest period
 * that has a file over the day. The day itself, perhaps without any file, when nothing longer does.
 */
export function planReplacement(
  files: Iterable<FileEntry>,
  dataset: Dataset,
  timeframe: string,
  day: string,
  upTo: number,
): Merge {
  const { from } = periodRange(day);
  const own = [...files].filter((file) => file.dataset === dataset.name && file.timeframe === timeframe);
  const levels = dataset.levels.filter((level) => level !== 'part').toReversed();
  const level = levels.find((candidate) =>
    own.some((file) => file.level === candidate && file.partition === periodOf(candidate, from)),
  );
  const found = level ?? firstCompactedLevel(dataset);
  const period = periodOf(found, from);
  const rank = (candidate: FileLevel) => dataset.levels.indexOf(candidate);
  const inputs = own
    .filter(
      (file) =>
        rank(file.level) <= rank(found) &&
        (file.level !== 'part' || file.sequence <= upTo) &&
        periodOf(found, periodRange(file.partition).from) === period,
    )
    .sort((a, b) => a.sequence - b.sequence);
  return { dataset, timeframe, level: found, period, inputs };
}
