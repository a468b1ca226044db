import type { ExportDataset, ExportProfile } from './export-profile.ts';

export interface ExportedFile {
  /** Below the folder of the export, written with `/`. */
  readonly path: string;
  readonly dataset: ExportDataset;
  readonly rows: number;
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
  /** Sheets that an Excel file needed. */
  readonly sheets?: number;
}

/** What an export has done. */
export interface ExportReport {
  readonly profile: string;
  readonly folder: string;
  readonly files: readonly ExportedFile[];
  /** What lies beside them: manifest, loader, dictionary. */
  readonly companions: readonly string[];
  readonly rows: number;
  readonly sizeBytes: number;
  /** IANA zone of written times. */
  readonly zone: string;
  /** What the user should know of the result, one sentence each. */
  readonly notes: readonly string[];
}

/** How far an export is. */
export interface ExportProgress {
  readonly files: number;
  readonly filesTotal: number;
  readonly rows: number;
  readonly rowsTotal: number;
  readonly sizeBytes: number;
  readonly doing: string;
}

/** Raised when a reader of old manifests would misread new ones. */
export const exportManifestVersion = 1;

/** The file beside every export that says what the others are. It holds no time of day: the same export is the same bytes. */
export interface ExportManifest {
  readonly kind: 'tapedeck-export';
  readonly version: typeof exportManifestVersion;
  readonly store: string;
  readonly profile: ExportProfile;
  readonly query: {
    readonly datasets: readonly ExportDataset[];
    readonly symbols: readonly string[];
    readonly timeframe: string | null;
    readonly from: string;
    readonly until: string;
  };
  readonly zone: string;
  readonly rows: number;
  readonly files: readonly ExportedFile[];
  readonly notes: readonly string[];
}
