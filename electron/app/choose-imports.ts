import { dialog, type BrowserWindow } from 'electron';

/** Asks which files or which folder to import. Null when the user rather not. */
export async function chooseImports(
  window: BrowserWindow,
  { kind }: { readonly kind: 'files' | 'folder' },
): Promise<{ readonly paths: readonly string[] } | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(
    window,
    kind === 'files'
      ? {
          title: 'Import files',
          properties: ['openFile', 'multiSelections'],
          filters: [
            { name: 'Bars', extensions: [...endings] },
            { name: 'All files', extensions: ['*'] },
          ],
        }
      : { title: 'Import a folder', properties: ['openDirectory'] },
  );
  return canceled || filePaths.length === 0 ? null : { paths: filePaths };
}

const endings = [
  ...['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson', 'parquet', 'arrow', 'feather', 'ipc', 'zip', 'gz'],
] as const;
