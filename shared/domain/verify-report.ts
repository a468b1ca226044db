/** What can be wrong with a store. */
export type ProblemKind =
  | 'missing'
  | 'not-a-file'
  | 'size'
  | 'digest'
  | 'unreadable'
  | 'not-permitted'
  | 'schema'
  | 'empty-value'
  | 'rows'
  | 'spans'
  | 'partition'
  | 'order'
  | 'repeated-key'
  | 'footer'
  | 'statistics'
  | 'loose-part'
  | 'leftover'
  | 'foreign-file'
  | 'dot-file'
  | 'link'
  | 'trash-unknown'
  | 'trash-missing'
  | 'tombstone-unreadable'
  | 'lock-stale'
  | 'log-damaged'
  | 'log-lost'
  | 'folder-unreadable'
  | 'tier-missing';

export interface Problem {
  /** Relative to the store, written with `/`. */
  readonly path: string;
  readonly kind: ProblemKind;
  /** What was found, and what was expected. */
  readonly detail: string;
  /** What to do about it. */
  readonly advice: string;
  /** What `--repair` did about it; null when nothing was done. */
  readonly repaired: string | null;
}

/** Worth knowing, and nothing to put right: what lies in quarantine, a write that was cut short and never acknowledged. */
export interface VerifyNote {
  readonly path: string;
  readonly detail: string;
}

export interface VerifyReport {
  readonly isClean: boolean;
  /** Whether every byte was read, not only what is needed to find rows. */
  readonly isDeep: boolean;
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly VerifyNote[];
}

export interface VerifyProgress {
  readonly files: number;
  readonly ofFiles: number;
  readonly problems: number;
}

const quarantine = '`tapedeck verify --repair` sets the file aside in _rejects';

const adviceFor: Readonly<Record<ProblemKind, string>> = {
  missing: 'put the file back from a backup, or let `tapedeck verify --repair` take it out of the store',
  'not-a-file': `put the file back from a backup; ${quarantine}`,
  size: `put the file back from a backup; ${quarantine}`,
  digest: `put the file back from a backup; ${quarantine}`,
  unreadable: `put the file back from a backup; ${quarantine}`,
  'not-permitted':
    'give the user that runs Tapedeck permission to read the file; nothing is known to be wrong with it',
  schema: `put the file back from a backup; ${quarantine}`,
  'empty-value': `put the file back from a backup; ${quarantine}`,
  rows: `put the file back from a backup; ${quarantine}`,
  spans: `put the file back from a backup; ${quarantine}`,
  partition: `put the file back from a backup; ${quarantine}`,
  order: `put the file back from a backup; ${quarantine}`,
  'repeated-key': `put the file back from a backup; ${quarantine}`,
  footer: `put the file back from a backup; ${quarantine}`,
  statistics: `put the file back from a backup; ${quarantine}`,
  'loose-part': 'open the store for writing: it takes the part in, or says what is wrong with it',
  leftover: `an unfinished job left it, and its rows are in other files; ${quarantine}`,
  'foreign-file': `move it elsewhere if it does not belong here; ${quarantine}`,
  'dot-file': 'a write that was cut short left it; `tapedeck verify --repair` removes it',
  link: 'links are not followed; put the file itself in its place',
  'trash-unknown': 'nothing says where it came from; `tapedeck verify --repair` sets it aside in _rejects',
  'trash-missing': 'it was removed by hand; `tapedeck verify --repair` stops looking for it',
  'tombstone-unreadable': quarantine,
  'lock-stale': 'its process is gone; the next one that opens the store for writing takes it over',
  'log-damaged': 'open the store for writing: it reads around the damage and sets the segment aside',
  'log-lost': 'run `tapedeck verify --rebuild-log`, which finds out from the files which of them count',
  'tier-missing': 'connect its disk again, or say with `tapedeck tier set` where the folder is now',
  'folder-unreadable': 'give the user that runs Tapedeck permission to read the folder',
};

/** A problem in words that say what to do. */
export function problemOf(kind: ProblemKind, path: string, detail: string): Problem {
  return { path, kind, detail, advice: adviceFor[kind], repaired: null };
}

/** What a lost log was made from anew. */
export interface RebuildReport {
  readonly storeId: string;
  /** Files that make up the store again, with their rows. */
  readonly files: number;
  readonly rows: number;
  /** Files that lie in their place but whose rows are in others. */
  readonly deadFiles: number;
  readonly trashFiles: number;
  /** Rows that only what is left of the old log had. */
  readonly salvagedRows: number;
  /** Files that could not be taken in, each with the reason; they were left where they are. */
  readonly leftOut: readonly VerifyNote[];
  /** Where the old log lies now, file by file. */
  readonly setAside: readonly string[];
}
