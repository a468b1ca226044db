import { WorkbenchError } from '#shared/errors';
import {
  storeDocument,
  type StoreDocument,
  type StoreSettingsDocument,
} from '#schemas/documents/store-document';
import { readStoreFile, writeStoreFile } from './store-file.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Writes some settings of `store.json` anew, whole or not at all; the others stay as they are in the file by now.
 * Answers the document as it is read back.
 */
export function changeStoreSettings(
  folder: string,
  change: Partial<StoreSettingsDocument>,
): Promise<StoreDocument> {
  const turn = last.then(async () => {
    const document = await readStoreFile(folder);
    if (document === null) throw new WorkbenchError('store-missing', `${folder} has lost its store.json`);
    const changed = storeDocument.parse({ ...document, settings: { ...document.settings, ...change } });
    await writeStoreFile(folder, changed);
    return changed;
  });
  last = turn.catch(() => undefined);
  return turn;
}
