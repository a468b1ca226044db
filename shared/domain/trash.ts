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
