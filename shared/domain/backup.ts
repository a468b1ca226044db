/** What a backup would copy. */
export interface BackupPlan {
  /** Absolute. */
  readonly to: string;
  /** Files of the store that the folder does not have yet. */
  readonly files: number;
  readonly sizeBytes: number;
  /** Files that it has from an earlier backup. */
  readonly keptFiles: number;
}

export interface BackupReport {
  readonly to: string;
  readonly copiedFiles: number;
  readonly copiedBytes: number;
  readonly keptFiles: number;
  /** Files that the store no longer has, and the backup no longer either. */
  readonly removedFiles: number;
  /** JSON, CSV and whatever else lies beside the data. */
  readonly documents: number;
  /** All that the backup holds now. */
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
  /** The last change of the store that is part of it. */
  readonly sequence: number;
}
