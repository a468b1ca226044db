import { diskError } from './disk-error.ts';
import type { Fs } from '../platform/fs.ts';

export interface WalkedFile {
  readonly path: string;
  /** Links and devices are `other`; they are not followed. */
  readonly kind: 'file' | 'other';
}

export interface Walk {
  readonly files: readonly WalkedFile[];
  /** Folders that could not be listed, each with the reason. */
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
}

/** Everything below a folder of the store, folders aside. */
export async function walkFiles(fs: Fs, top: string): Promise<Walk> {
  const files: WalkedFile[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for (const { name, kind } of await fs.list(folder)) {
        const path = `${folder}/${name}`;
        if (kind === 'folder') folders.push(path);
        else files.push({ path, kind });
      }
    } catch (error) {
      unreadable.push({ folder, reason: diskError(error).message });
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, unreadable };
}
