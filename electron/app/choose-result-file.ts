import type { ResultFormat } from '#shared/domain/sql';
import type { BrowserWindow } from 'electron';
import { chooseFile } from './choose-file.ts';

const kinds: Readonly<Record<ResultFormat, string>> = {
  csv: 'Comma-separated values',
  parquet: 'Parquet',
  jsonl: 'JSON lines',
};

/** Asks where to put the rows of a query, and whether a file there may be replaced. Null when the user rather not. */
export async function chooseResultFile(
  window: BrowserWindow,
  { name, format }: { readonly name: string; readonly format: ResultFormat },
): Promise<{ readonly file: string } | null> {
  const file = await chooseFile(window, {
    title: 'Save the rows of the query',
    defaultPath: `${name.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'query'}.${format}`,
    ending: format,
    kind: kinds[format],
  });
  return file === null ? null : { file };
}
