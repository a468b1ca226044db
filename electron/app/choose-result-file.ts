import type { ResultFormat } from '#shared/domain/sql';
import { dialog, type BrowserWindow } from 'electron';
import { extname } from 'node:path';

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
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the rows of the query',
    defaultPath: `${name.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'query'}.${format}`,
    filters: [{ name: kinds[format], extensions: [format] }],
  });
  if (canceled || filePath === '') return null;
  return { file: extname(filePath) === '' ? `${filePath}.${format}` : filePath };
}
