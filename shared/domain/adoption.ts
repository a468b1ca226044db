/** What became of one file when a folder was made a store. */
export interface AdoptedFile {
  readonly path: string;
  /**
   * `kept` is part of the store as it is. `rewritten` had times or a place that are not ours: its rows are in
   * `outputs` and it lies in the trash. `refused` lies in `_rejects`, after those of its rows that are right were
   * taken. `left` was not touched.
   */
  readonly outcome: 'kept' | 'rewritten' | 'refused' | 'left';
  /** Rows that the store has from it. */
  readonly rows: number;
  readonly outputs: readonly string[];
  /** Why it was rewritten, refused or left; null when it was kept. */
  readonly reason: string | null;
}

export interface AdoptReport {
  readonly isDryRun: boolean;
  /** IANA zone in which times without an offset were read. */
  readonly zone: string;
  /** By path. Files that were part of the store before are not among them. */
  readonly files: readonly AdoptedFile[];
  readonly rows: number;
  /** What had to be taken for granted, because no file says it: one sentence each. */
  readonly assumptions: readonly string[];
}
