import type { ExportSlice } from '../engine/export-slice.ts';
import type { ExportPreview, PlannedFile } from '#shared/domain/export-plan';
import type { ExportProfile } from '#shared/domain/export-profile';
import type { ExportedFile } from '#shared/domain/export-report';
import type { ErrorCode } from '#shared/errors';

/** All that the program needs to know that does the work of an export. */
export interface ExportWork {
  readonly profile: ExportProfile;
  readonly slices: readonly ExportSlice[];
  /** Timeframe of bars as they are written; null where there are none. */
  readonly timeframe: string | null;
  /** Name of the file without its ending, where the user has chosen one; null leaves it to the profile. */
  readonly fileName: string | null;
}

export type ExporterTask =
  | { readonly kind: 'look'; readonly work: ExportWork }
  /** `staging` is an empty folder, `target` where its files will go: Lean's files are merged with what is there. */
  | { readonly kind: 'write'; readonly work: ExportWork; readonly staging: string; readonly target: string };

/** What an export would write. */
export interface ExportLook {
  readonly files: readonly PlannedFile[];
  readonly previews: readonly ExportPreview[];
}

/** What was written to the staging folder. */
export interface ExportWritten {
  readonly files: readonly WrittenFile[];
  readonly notes: readonly string[];
}

export interface WrittenFile {
  readonly file: ExportedFile;
  /** Whether it holds what the file of its name in the target held, and so takes its place. */
  readonly isMerged: boolean;
}

export interface ExporterRequest {
  readonly id: number;
  readonly task: ExporterTask;
}

export type ExporterReply =
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly id: number; readonly kind: 'progress'; readonly progress: WriteProgress };

export interface WriteProgress {
  readonly files: number;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly doing: string;
}
