import type { StoredRow } from '#schemas/define-dataset';
import type { FileEntry, Tombstone } from './file-entry.ts';

export interface RowBatch {
  readonly dataset: string;
  readonly version: number;
  readonly rows: readonly StoredRow[];
}

/** Which rows of the log a part holds: sequence and place in its record, one after the other. */
export type RowRefs = readonly number[];

/** Rows of a partition that were replaced as a whole: those written up to this sequence no longer count. */
export interface Replacement {
  readonly dataset: string;
  readonly timeframe: string;
  readonly partition: string;
  readonly upTo: number;
}

/** A part and the rows it took over from the log. One that came from elsewhere brings its rows along as `content`. */
export interface NewPart {
  readonly file: FileEntry;
  readonly rows: RowRefs;
  readonly content?: readonly StoredRow[];
}

/** Where a dead file lies: under its own name, in the trash, or no longer anywhere. */
export type DeadPlace = 'store' | 'trash' | 'nowhere';

/** What a record of the log says. The log is the only commit point: what it does not say has not happened. */
export type LogEntry =
  | { readonly kind: 'rows'; readonly batches: readonly RowBatch[] }
  | { readonly kind: 'part'; readonly parts: readonly NewPart[] }
  | {
      readonly kind: 'swap';
      readonly added: readonly FileEntry[];
      readonly removed: readonly Tombstone[];
      readonly replaced: readonly Replacement[];
    }
  | { readonly kind: 'gone'; readonly paths: readonly string[]; readonly place: DeadPlace }
  | ({ readonly kind: 'checkpoint' } & Checkpoint);

/** The whole state of a store as of one record. */
export interface Checkpoint {
  /** Sequence of the last record that is included. */
  readonly covers: number;
  readonly files: readonly FileEntry[];
  readonly tombstones: readonly DeadFile[];
  /** Highest revision ever used of each compacted partition: names are never used again. */
  readonly revisions: readonly (readonly [string, number])[];
  readonly tail: readonly CheckpointRows[];
}

export interface DeadFile extends Tombstone {
  /** Where it lies: still under its own name, in the trash, or purged. */
  readonly place: 'store' | 'trash';
}

/** Rows held in memory, by the file that has them too; null for rows that are only in the log. */
export interface CheckpointRows {
  readonly file: string | null;
  readonly dataset: string;
  readonly version: number;
  readonly rows: readonly StoredRow[];
  readonly refs: RowRefs;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The payload of a record: UTF-8 JSON, which `decodeEntry` reads. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  return encoder.encode(JSON.stringify(entry));
}

/** Reads a record's payload; its checksums have been checked, so a wrong shape is a fault of the program. */
export function decodeEntry(payload: Uint8Array): LogEntry {
  return JSON.parse(decoder.decode(payload)) as LogEntry;
}
