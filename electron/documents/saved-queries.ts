import { sqlLimits, type SavedQuery } from '#shared/domain/sql';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../platform/fs.ts';
import { insideRoot } from '../platform/inside-root.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** The queries that are kept with a store, a plain file each, so that other tools and editors have them too. */
export interface SavedQueries {
  readonly list: () => Promise<readonly SavedQuery[]>;
  /** Replaces the one of that name. */
  readonly save: (name: string, text: string) => Promise<null>;
  readonly remove: (name: string) => Promise<null>;
}

/** Where the files of queries lie in a store, and which files are queries. */
export interface QueryLayout {
  readonly folder: string;
  readonly pathOf: (name: string) => string;
  /** Null for other files. */
  readonly nameOf: (fileName: string) => string | null;
}

/** `root` is the store's folder; nothing is changed through a link out of it. Files too large are not listed. */
export function createSavedQueries(root: string, { folder, pathOf, nameOf }: QueryLayout): SavedQueries {
  const guard = insideRoot(root);
  return {
    async list() {
      const names = await namesIn(join(root, folder));
      const found: SavedQuery[] = [];
      for (const fileName of names.sort()) {
        const name = nameOf(fileName);
        const path = join(root, folder, fileName);
        if (name === null || (await stat(path)).size > sqlLimits.mostTextLength * 4) continue;
        found.push({ name, text: await readFile(path, 'utf8') });
      }
      return found;
    },
    async save(name, text) {
      await guard(pathOf(name));
      await writeFileAtomically(join(root, pathOf(name)), text.endsWith('\n') ? text : `${text}\n`);
      return null;
    },
    async remove(name) {
      await guard(pathOf(name));
      await rm(join(root, pathOf(name)), { force: true });
      return null;
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}
