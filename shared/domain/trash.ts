/** A file that was replaced or retired, where it can still be had back from. */
export interface TrashedFile {
  /** Where it lay in the store. */
  readonly path: string;
  readonly job: string;
  readonly rows: number;
  readonly sizeBytes: number;
  /** The file that holds its rows now; null when they were meant to go. */
  readonly replacedBy: string | null;
  readonly atMs: number;
  /** When it is removed for good; null when it was told to stay. */
  readonly deadlineMs: number | null;
}

/** The same as it is just now. */
export interface TrashEntry extends TrashedFile {
  /**
   * Under its own name it is no part of the store any more, and is moved as soon as nobody reads it; where the owner died
   * before that, by the next one.
   */
  readonly place: 'trash' | 'own-name';
  /** Somebody has removed it by hand. */
  readonly isMissing: boolean;
  /** The hold that keeps it from being purged, in words; null when none does. */
  readonly heldBy: string | null;
}

/** What became of a file that went. */
export type Fate = 'in-place' | 'in-trash' | 'restored' | 'purged';

/** One line of the record of everything that ever left the store. */
export interface AuditEntry {
  readonly path: string;
  readonly dataset: string;
  readonly timeframe: string;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly job: string;
  readonly atMs: number;
  readonly deadlineMs: number | null;
  /** The file that holds its rows now; null when they were meant to go. */
  readonly replacedBy: string | null;
  readonly reason: string;
  readonly fate: Fate;
}

export interface AuditList {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** How many there are beyond these. */
  readonly more: number;
  /** Tombstones that cannot be read, by path. */
  readonly unreadable: readonly string[];
}
