import { counted } from '#shared/counted';
import { WorkbenchError } from '#shared/errors';
import { codeOf } from '../../platform/fs.ts';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/** A file that was named, or that lies in a folder that was. */
export interface ImportFile {
  readonly path: string;
  /** As users are told of it: its own name, or its place in the folder. */
  readonly name: string;
  readonly sizeBytes: number;
}

export interface ImportFiles {
  readonly files: readonly ImportFile[];
  /** What lies in the folders and was left alone. */
  readonly notes: readonly string[];
}

const barFile = /\.(csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|feather|ipc|zip)(\.gz)?$/i;
const mostFiles = 100_000;

/** All files to import, in the order of their names. Folders are looked through to the bottom; links are not followed. */
export async function listImportFiles(paths: readonly string[]): Promise<ImportFiles> {
  const files: ImportFile[] = [];
  const notes: string[] = [];
  for (const path of paths) {
    if (!isAbsolute(path))
      throw new WorkbenchError('argument-invalid', `${path} is not the whole path of a file`);
    const found = await stat(path).catch((error: unknown) => {
      throw missing(path, error);
    });
    if (found.isDirectory()) await look(path, path, files, notes);
    else if (found.isFile()) files.push({ path, name: lastOf(path), sizeBytes: found.size });
    else throw new WorkbenchError('argument-invalid', `${path} is neither a file nor a folder`);
  }
  const known = new Map(files.map((file) => [file.path, file]));
  return { files: [...known.values()], notes };
}

async function look(root: string, folder: string, files: ImportFile[], notes: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw missing(folder, error);
  });
  let skipped = 0;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) await look(root, path, files, notes);
    else if (entry.isFile() && barFile.test(entry.name)) {
      if (files.length >= mostFiles)
        throw new WorkbenchError('argument-invalid', `${root} holds more than ${mostFiles} files`);
      const name = relative(root, path).split(sep).join('/');
      files.push({ path, name, sizeBytes: (await stat(path)).size });
    } else skipped += 1;
  }
  if (skipped > 0) {
    const what = counted(skipped, 'file or link that', 'files or links that');
    notes.push(`${folder} holds ${what} cannot be bars by name; left alone`);
  }
}

function missing(path: string, error: unknown): WorkbenchError {
  const code = codeOf(error);
  if (code === 'ENOENT')
    return new WorkbenchError('argument-invalid', `There is no file or folder ${path}`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM')
    return new WorkbenchError('permission-denied', `${path} may not be read`, { cause: error });
  return new WorkbenchError('disk-failed', `${path} cannot be looked at: ${String(error)}`, { cause: error });
}

function lastOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
