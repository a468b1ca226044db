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

/** Everything below a folder of the store, folders aside, by path. */
export async function walkFiles(fs: Fs, top: string): Promise<Walk> {
  const files: WalkedFile[] = [];
  const unreadable: { folder: string; reason: string }[] = [];
  for await (const walked of walkFolders(fs, top)) {
    if ('reason' in walked) unreadable.push(walked);
    else for (const file of walked.files) files.push(file);
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, unreadable };
}

/** The files of a folder, or why it could not be listed. */
export type WalkedFolder =
  | { readonly folder: string; readonly files: readonly WalkedFile[] }
  | { readonly folder: string; readonly reason: string };

/** The same folder by folder, in any order: who goes through fifty thousand files lets others work in between. */
export async function* walkFolders(fs: Fs, top: string): AsyncGenerator<WalkedFolder> {
  const folders = [top];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      const files: WalkedFile[] = [];
      for (const { name, kind } of await fs.list(folder)) {
        const path = `${folder}/${name}`;
        if (kind === 'folder') folders.push(path);
        else files.push({ path, kind });
      }
      yield { folder, files };
    } catch (error) {
      yield { folder, reason: diskError(error).message };
    }
  }
}
