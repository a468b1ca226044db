import { WorkbenchError } from '#shared/errors';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { findDataset } from '#schemas/index';
import { Catalog } from './catalog.ts';
import { areOfOneTime, type FileEntry } from './file-entry.ts';
import type { Checkpoint, CheckpointRows, DeadFile, DeadPlace, LogEntry, NewPart } from './log-entry.ts';
import { Tail } from './tail.ts';
import { tailRow, type Partition, type TailRow } from './tail-row.ts';

/** A part's rows beyond this many are read from the file: the tail is for the many small ones. */
const largestTailPart = 8_192;

/** What the log says, applied: the catalog and the tail. Pure but for its own memory; it never touches a file. */
export class StoreState {
  catalog = new Catalog();
  tail = new Tail();
  /** Sequence of the last record that was applied. */
  sequence = 0;

  apply(sequence: number, entry: LogEntry): void {
    switch (entry.kind) {
      case 'rows':
        this.#applyRows(
          sequence,
          entry.batches.flatMap(({ dataset, rows }) => rows.map((row) => ({ dataset, row }))),
        );
        break;
      case 'part':
        this.#applyParts(sequence, entry.parts);
        break;
      case 'swap':
        for (const tombstone of entry.removed) {
          this.catalog.remove(tombstone.path);
          this.catalog.bury({ ...tombstone, place: 'store' });
        }
        this.tail.dropFiles(entry.removed.map(({ path }) => path));
        for (const { dataset, timeframe, partition, upTo } of entry.replaced) {
          this.tail.dropSuperseded({ dataset: datasetNamed(dataset), timeframe, partition }, upTo);
        }
        for (const file of entry.added) {
          this.catalog.unbury(file.path);
          this.catalog.add(file);
          this.#leaveOnDisk(file);
        }
        break;
      case 'gone':
        for (const path of entry.paths) this.#applyGone(path, entry.place);
        break;
      case 'checkpoint':
        this.#restore(entry);
        break;
    }
    this.sequence = Math.max(this.sequence, sequence);
  }

  checkpoint(): Checkpoint {
    const tail: CheckpointRows[] = this.tail
      .pending()
      .map(({ dataset, rows }) => checkpointRows(null, dataset, rows));
    for (const path of this.tail.files()) {
      const rows = this.tail.rowsOfFile(path);
      const dataset = rows[0]?.dataset;
      if (dataset !== undefined) tail.push(checkpointRows(path, dataset, rows));
    }
    return {
      covers: this.sequence,
      files: [...this.catalog.files()],
      tombstones: [...this.catalog.deadFiles()],
      revisions: [...this.catalog.revisions()],
      tail,
    };
  }

  #applyRows(sequence: number, rows: readonly { readonly dataset: string; readonly row: StoredRow }[]): void {
    rows.forEach(({ dataset, row }, index) =>
      this.tail.add(tailRow(datasetNamed(dataset), row, sequence, index)),
    );
  }

  #applyParts(sequence: number, parts: readonly NewPart[]): void {
    // What came with one record is in the order of its parts, as it is once it is read from them.
    let first = 0;
    for (const part of parts) {
      this.#applyPart(sequence, part, first);
      first += part.content?.length ?? 0;
    }
  }

  #applyPart(sequence: number, { file: given, rows: refs, content }: NewPart, first: number): void {
    // A file that came from elsewhere is as new as the record that makes it part of the store.
    const file = given.sequence === 0 ? { ...given, sequence } : given;
    const partition = partitionOf(file);
    this.catalog.add(file);
    const settled = this.#pendingRows(partition, refs);
    this.tail.settle(partition, settled, file.path);
    if (content !== undefined && content.length + settled.size === file.rows) {
      content.forEach((values, index) =>
        this.tail.add(tailRow(partition.dataset, values, file.sequence, first + index, file.path)),
      );
    } else if (settled.size !== file.rows) {
      // Rows of the log that this part took over are missing (a damaged record): the part itself has them.
      this.#leaveOnDisk(file);
    }
    if (file.rows > largestTailPart || this.catalog.hasLaterOnDisk(file)) this.#leaveOnDisk(file);
  }

  /**
   * Has a file be read from the disk. What is in memory counts for later than what is not: so do files of its time that
   * were written before it.
   */
  #leaveOnDisk(file: FileEntry): void {
    const earlier = [...this.tail.files()].filter((path) => {
      const other = this.catalog.get(path);
      return other !== undefined && other.sequence <= file.sequence && areOfOneTime(other, file);
    });
    const paths = new Set([...earlier, file.path]);
    this.tail.dropFiles(paths);
    for (const path of paths) this.catalog.setOnDisk(path, true);
  }

  #pendingRows(partition: Partition, refs: readonly number[]): Set<TailRow> {
    if (refs.length === 0) return new Set();
    const wanted = new Set<string>();
    for (let at = 0; at + 1 < refs.length; at += 2) wanted.add(`${refs[at]}:${refs[at + 1]}`);
    return new Set(
      this.tail.pendingOf(partition).filter(({ sequence, index }) => wanted.has(`${sequence}:${index}`)),
    );
  }

  #applyGone(path: string, place: DeadPlace): void {
    const dead = this.catalog.deadFile(path);
    if (dead === undefined) return;
    if (place === 'nowhere') this.catalog.unbury(path);
    else this.catalog.bury({ ...dead, place });
  }

  #restore(checkpoint: Checkpoint): void {
    this.catalog = new Catalog();
    this.tail = new Tail();
    for (const [key, revision] of checkpoint.revisions) this.catalog.noteRevision(key, revision);
    for (const file of checkpoint.files) this.catalog.add(file);
    for (const dead of checkpoint.tombstones) this.catalog.bury(dead satisfies DeadFile);
    for (const { file, dataset, rows, refs } of checkpoint.tail) {
      rows.forEach((values, at) =>
        this.tail.add(tailRow(datasetNamed(dataset), values, refs[2 * at] ?? 0, refs[2 * at + 1] ?? 0, file)),
      );
    }
    for (const file of checkpoint.files) {
      if (!this.tail.holdsFile(file.path)) this.catalog.setOnDisk(file.path, true);
    }
    this.sequence = Math.max(this.sequence, checkpoint.covers);
  }
}

function partitionOf({ dataset, timeframe, partition }: FileEntry): Partition {
  return { dataset: datasetNamed(dataset), timeframe, partition };
}

function datasetNamed(name: string): Dataset {
  const dataset = findDataset(name);
  if (dataset === undefined) {
    throw new WorkbenchError(
      'store-too-new',
      `The log speaks of a dataset that this version does not know: ${name}`,
    );
  }
  return dataset;
}

function checkpointRows(file: string | null, dataset: Dataset, rows: readonly TailRow[]): CheckpointRows {
  return {
    file,
    dataset: dataset.name,
    version: dataset.version,
    rows: rows.map(({ values }) => values),
    refs: rows.flatMap(({ sequence, index }) => [sequence, index]),
  };
}
