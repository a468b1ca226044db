import type { Dataset } from '#schemas/define-dataset';
import type { TierId } from '#shared/domain/tier';
import type { UnreadableFile } from '#shared/domain/viewport';
import { areOfOneTime, spanOf, type FileEntry } from './file-entry.ts';
import { parseDataPath, periodOf, periodRange, tierOf } from './layout.ts';
import type { DeadFile } from './log-entry.ts';

/** A file in its place that is not part of the store because it cannot be read. */
export interface UnreadableEntry extends UnreadableFile {
  readonly dataset: string;
  readonly timeframe: string;
  readonly partition: string;
}

/**
 * The living files of a store, in memory. Files whose rows are also in the tail are not listed for reading: a query
 * takes their rows from there. Every month of every series has a version that changes with the files it is read from.
 */
export class Catalog {
  readonly #files = new Map<string, FileEntry>();
  readonly #dead = new Map<string, DeadFile>();
  readonly #revisions = new Map<string, number>();
  /** Files to be read from disk, by dataset and timeframe. */
  readonly #onDisk = new Map<string, Map<string, FileEntry>>();
  /** Highest sequence that a file had which was to be read from disk, by dataset and timeframe. */
  readonly #latestOnDisk = new Map<string, number>();
  readonly #unreadable: UnreadableEntry[] = [];
  /** Tiers whose disk is not there, each with what to say of its files. */
  #absent: ReadonlyMap<TierId, string> = new Map();
  readonly #monthVersions = new Map<string, number>();
  readonly #seriesVersions = new Map<string, number>();

  get(path: string): FileEntry | undefined {
    return this.#files.get(path);
  }

  files(): Iterable<FileEntry> {
    return this.#files.values();
  }

  get fileCount(): number {
    return this.#files.size;
  }

  /** Files that no longer belong to the store but still lie somewhere in it. */
  deadFiles(): Iterable<DeadFile> {
    return this.#dead.values();
  }

  deadFile(path: string): DeadFile | undefined {
    return this.#dead.get(path);
  }

  setAside(file: UnreadableEntry): void {
    this.#unreadable.push(file);
  }

  /** Says which tiers are not there. Their files stay part of the store, and are not read until they are back. */
  setAbsent(tiers: ReadonlyMap<TierId, string>): void {
    const before = this.#absent;
    this.#absent = tiers;
    for (const file of this.#files.values()) {
      const tier = tierOf(file.path);
      if (before.has(tier) !== tiers.has(tier)) this.#touch(file);
    }
  }

  /** Why a file cannot be read or written now; null when its disk is there. */
  absence({ path }: Pick<FileEntry, 'path'>): string | null {
    return this.#absent.size === 0 ? null : (this.#absent.get(tierOf(path)) ?? null);
  }

  /** The living files whose disk is there. */
  presentFiles(): readonly FileEntry[] {
    return [...this.#files.values()].filter((file) => this.absence(file) === null);
  }

  /** Files whose rows a reader of this range may miss; of all timeframes when none is given. */
  unreadable(
    dataset: string,
    {
      timeframe,
      from,
      until,
    }: { readonly timeframe?: string; readonly from: number; readonly until: number },
  ): readonly UnreadableFile[] {
    return [...this.#unreadable, ...this.#absentEntries()]
      .filter((file) => {
        const range = periodRange(file.partition);
        return (
          file.dataset === dataset &&
          (timeframe === undefined || file.timeframe === timeframe) &&
          range.from < until &&
          range.until > from
        );
      })
      .map(({ path, reason }) => ({ path, reason }));
  }

  #absentEntries(): readonly UnreadableEntry[] {
    if (this.#absent.size === 0) return [];
    return [...this.#files.values()].flatMap((file) => {
      const reason = this.absence(file);
      return reason === null ? [] : [{ ...file, reason }];
    });
  }

  revisions(): Iterable<readonly [string, number]> {
    return this.#revisions;
  }

  add(file: FileEntry): void {
    this.#files.set(file.path, file);
    this.#noteName(file);
  }

  #noteName(file: FileEntry): void {
    const parsed = parseDataPath(file.path);
    if (parsed?.revision != null) this.noteRevision(revisionKey(file), parsed.revision);
  }

  noteRevision(key: string, revision: number): void {
    this.#revisions.set(key, Math.max(revision, this.#revisions.get(key) ?? 0));
  }

  /** A revision that no file of this partition ever had. */
  nextRevision(dataset: Dataset, timeframe: string, partition: string): number {
    return (this.#revisions.get(revisionKey({ dataset: dataset.name, timeframe, partition })) ?? 0) + 1;
  }

  remove(path: string): void {
    this.setOnDisk(path, false);
    this.#files.delete(path);
  }

  bury(file: DeadFile): void {
    this.#dead.set(file.path, file);
    // What an unfinished job left goes without ever having been added.
    this.#noteName(file);
  }

  unbury(path: string): void {
    this.#dead.delete(path);
  }

  /** Says whether a file's rows must be read from it, because they are not in memory. */
  setOnDisk(path: string, isOnDisk: boolean): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    const key = seriesKey(file);
    const series = this.#onDisk.get(key) ?? new Map<string, FileEntry>();
    this.#onDisk.set(key, series);
    if (series.has(path) === isOnDisk) return;
    if (isOnDisk) {
      series.set(path, file);
      this.#latestOnDisk.set(key, Math.max(file.sequence, this.#latestOnDisk.get(key) ?? 0));
    } else series.delete(path);
    this.#touch(file);
  }

  /** Whoever keeps what was read of a file's series or months reads it again. */
  #touch(file: FileEntry): void {
    const key = seriesKey(file);
    this.#seriesVersions.set(key, (this.#seriesVersions.get(key) ?? 0) + 1);
    for (const month of monthsOf(file)) {
      const monthKey = `${key}/${month}`;
      this.#monthVersions.set(monthKey, (this.#monthVersions.get(monthKey) ?? 0) + 1);
    }
  }

  isOnDisk(path: string): boolean {
    const file = this.#files.get(path);
    return file !== undefined && this.#onDisk.get(seriesKey(file))?.has(path) === true;
  }

  monthVersion(dataset: string, timeframe: string, month: string): number {
    return this.#monthVersions.get(`${dataset}/${timeframe}/${month}`) ?? 0;
  }

  /** Changes whenever the files to read of a dataset and timeframe do. */
  seriesVersion(dataset: string, timeframe: string): number {
    return this.#seriesVersions.get(`${dataset}/${timeframe}`) ?? 0;
  }

  /** Files to read for a symbol and `from` <= instant < `until`, in the order in which later rows win. */
  filesToRead(
    dataset: string,
    timeframe: string,
    symbol: string,
    from: number,
    until: number,
  ): readonly FileEntry[] {
    const found: FileEntry[] = [];
    for (const file of this.#onDisk.get(`${dataset}/${timeframe}`)?.values() ?? []) {
      const span = spanOf(file, symbol);
      if (span !== undefined && span.first < until && span.last >= from && this.absence(file) === null)
        found.push(file);
    }
    return found.sort(bySequence);
  }

  /** All files of a series that are read from disk. */
  filesOnDisk(dataset: string, timeframe: string): Iterable<FileEntry> {
    const files = this.#onDisk.get(`${dataset}/${timeframe}`)?.values() ?? [];
    return this.#absent.size === 0 ? files : [...files].filter((file) => this.absence(file) === null);
  }

  /** Whether a file that is read from disk has later rows of the same time. */
  hasLaterOnDisk(file: FileEntry): boolean {
    const key = seriesKey(file);
    // Nearly every part is later than all that is on disk: then none of that has to be gone through.
    if (file.sequence >= (this.#latestOnDisk.get(key) ?? 0)) return false;
    const onDisk = [...(this.#onDisk.get(key)?.values() ?? [])];
    return onDisk.some((other) => other.sequence > file.sequence && areOfOneTime(other, file));
  }

  /** Timeframes that a dataset has any file of on disk. */
  timeframesOnDisk(dataset: string): readonly string[] {
    return [...this.#onDisk].flatMap(([key, files]) =>
      key.startsWith(`${dataset}/`) && files.size > 0 ? [key.slice(dataset.length + 1)] : [],
    );
  }
}

/** Later rows win, so files are read in the order of what they hold last. Of equal ones the order of arrival counts. */
export function bySequence(a: FileEntry, b: FileEntry): number {
  return a.sequence - b.sequence;
}

function revisionKey({
  dataset,
  timeframe,
  partition,
}: {
  dataset: string;
  timeframe: string;
  partition: string;
}) {
  return `${dataset}/${timeframe}/${partition}`;
}

function seriesKey({ dataset, timeframe }: FileEntry): string {
  return `${dataset}/${timeframe}`;
}

function monthsOf(file: FileEntry): readonly string[] {
  const { from, until } = periodRange(file.partition);
  const months: string[] = [];
  for (let at = from; at < until; at = periodRange(periodOf('month', at)).until)
    months.push(periodOf('month', at));
  return months;
}
