import type { ExportProfile } from '#shared/domain/export-profile';
import type { ExportedFile } from '#shared/domain/export-report';
import type { ExportSlice } from '../../engine/export-slice.ts';
import type { Destination } from '../destination.ts';
import type { OutputColumn } from '../output-columns.ts';

/** A text beside the exported files. */
export interface Companion {
  /** Below the folder of the export, written with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What companions tell about. */
export interface Exported {
  readonly profile: ExportProfile;
  readonly destination: Destination;
  readonly tables: readonly ExportedTable[];
}

export interface ExportedTable {
  readonly slice: ExportSlice;
  readonly columns: readonly OutputColumn[];
  readonly files: readonly ExportedFile[];
}

/** `bars.manifest.json` beside the one file `bars.csv`, `manifest.json` in a folder. */
export function companionName({ fileName }: Destination, name: string): string {
  return fileName === null ? name : `${fileName}.${name}`;
}
