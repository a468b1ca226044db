import {
  endingOf,
  formatTraits,
  type ExportDataset,
  type ExportProfile,
} from '#shared/domain/export-profile';
import { WorkbenchError } from '#shared/errors';
import { basename, dirname, resolve } from 'node:path';

/** Where the files of an export go. */
export interface Destination {
  /** Absolute. */
  readonly folder: string;
  /** Name of the one file without its ending; null where the profile names the files. */
  readonly fileName: string | null;
}

/** Reads what the user gave: a path that ends as the profile's files do is that one file, any other is a folder. */
export function destinationOf(
  out: string,
  profile: ExportProfile,
  datasets: readonly ExportDataset[],
): Destination {
  const path = resolve(out);
  const ending = endingOf(profile);
  const isFile = path.toLowerCase().endsWith(ending) && !isTree(profile);
  const destination = isFile
    ? { folder: dirname(path), fileName: basename(path).slice(0, -ending.length) }
    : { folder: path, fileName: null };
  if (isFile && (profile.splitBy.length > 0 || datasets.length > 1)) {
    throw new WorkbenchError(
      'argument-invalid',
      `out: ${out} is one file, and ${profile.name} makes several here: name a folder`,
    );
  }
  if (!isFile && datasets.length > 1 && !isTree(profile) && !profile.fileName.includes('{dataset}')) {
    throw new WorkbenchError(
      'argument-invalid',
      `profile: ${profile.id} would give ${datasets.join(' and ')} one name: fileName needs {dataset}`,
    );
  }
  return destination;
}

/** Formats whose files have names of their own. */
function isTree({ format }: ExportProfile): boolean {
  return format === 'lean' || format === 'postgresql';
}

/** Whether a path looks like a file of another format: surely a slip. */
export function slipOf(out: string, profile: ExportProfile): string | null {
  const lower = out.toLowerCase();
  const endings = Object.values(formatTraits).map(({ ending }) => ending);
  const other = [...endings, '.csv.gz', '.csv.zst', '.jsonl.gz', '.jsonl.zst', '.json', '.xls', '.tsv'].find(
    (ending) => lower.endsWith(ending) && !lower.endsWith(endingOf(profile)),
  );
  return other === undefined
    ? null
    : `out: ${basename(out)} ends in ${other}, and files of ${profile.name} end in ${endingOf(profile)}`;
}
