import { WorkbenchError } from '#shared/errors';
import { readFooters } from '../../engine/inspect-files.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Store } from '../../storage/store.ts';
import { dataFolders, parseDataPath } from '../../storage/layout.ts';
import { walkFiles } from '../../storage/walk-files.ts';
import { isOurs } from './stray-files.ts';

const batchSize = 256;

/**
 * Throws for a store that has files of its own but not one record about them: whoever went on would take all of them
 * for leftovers. A new store into which other programs have put files is none such.
 */
export async function refuseLostLog(store: Store, engine: Engine, root: string): Promise<void> {
  if (store.sequence > 0) return;
  const paths: string[] = [];
  for (const folder of dataFolders) {
    for (const { path, kind } of (await walkFiles(store.fs, folder)).files) {
      if (kind === 'file' && parseDataPath(path) !== null) paths.push(path);
    }
  }
  for (let start = 0; start < paths.length; start += batchSize) {
    const { found } = await readFooters(engine, root, paths.slice(start, start + batchSize));
    if ([...found.values()].some(isOurs)) {
      throw new WorkbenchError(
        'store-unreadable',
        'The log of the store is missing: run `tapedeck verify --rebuild-log` to make it anew from the files',
      );
    }
  }
}
