import { constants } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';
import { codeOf } from './fs.ts';

/** Gives a whole file the name `path` as well, of two that try at once only for one; false where the name is taken. */
export async function placeExclusively(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!cannotLink.has(codeOf(error))) throw error;
  }
  try {
    await copyFile(draft, path, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** How file systems without hard links (FAT, some shares) say so. */
const cannotLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EXDEV']);
