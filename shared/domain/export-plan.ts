import type { ErrorCode } from '../errors.ts';
import type { ExportDataset, ExportProfile } from './export-profile.ts';

/** Which rows to export, how, and where to. */
export interface ExportRequest {
  /** Id of a profile of the store. */
  readonly profile: string;
  /** What the profile has columns for when none is given. */
  readonly datasets?: readonly ExportDataset[] | undefined;
  /** All symbols of the store when none is given. */
  readonly symbols?: readonly string[] | undefined;
  /** Needed for candles; chart objects of all timeframes when none is given. */
  readonly timeframe?: string | undefined;
  /** Half-open, ms UTC; all that is stored when not given. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** Absolute path of a file, where the profile makes one, or of a folder. */
  readonly out: string;
  /** Replaces files that are there already. */
  readonly overwrite?: boolean | undefined;
  /** Says beside the files how good the bars are, as JSON and as a page. */
  readonly qualityReport?: boolean | undefined;
}

/** One thing that was looked at before an export. A failed one keeps it from running. */
export interface ExportCheck {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail';
  /** What was found, in one sentence. */
  readonly detail: string;
  /** Of a failed one: what an export would fail with. */
  readonly code?: ErrorCode;
}

/** The first rows as they will be written, value by value as text; null where there is none. */
export interface ExportPreview {
  readonly dataset: ExportDataset;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface PlannedFile {
  /** Below the folder of the export, written with `/`. */
  readonly path: string;
  readonly dataset: ExportDataset;
  readonly rows: number;
}

/** What an export with the same request would do. */
export interface ExportPlan {
  readonly profile: ExportProfile;
  /** Where files go. */
  readonly folder: string;
  readonly datasets: readonly ExportDataset[];
  readonly symbols: readonly string[];
  readonly timeframe: string | null;
  readonly from: number;
  readonly until: number;
  readonly rows: number;
  /** From the first rows as text: near enough to tell whether a disk has room. */
  readonly sizeBytes: number;
  /** Null where the system does not say. */
  readonly freeBytes: number | null;
  /** The first thousand of `fileCount`. */
  readonly files: readonly PlannedFile[];
  readonly fileCount: number;
  readonly checks: readonly ExportCheck[];
  readonly previews: readonly ExportPreview[];
}

/** What stands in the way of a plan; null when nothing does. */
export function obstacleOf({ checks }: Pick<ExportPlan, 'checks'>): ExportCheck | null {
  return checks.find(({ status }) => status === 'fail') ?? null;
}
