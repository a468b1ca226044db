import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from './write-file-atomically.ts';

/** A small text that outlives a crash: the last one given, or one of those before it, is always there whole. */
export interface TextFile {
  /** Null when nothing was saved yet. */
  readonly load: () => Promise<string | null>;
  readonly save: (text: string) => Promise<void>;
  /** Resolves when nothing is being written any more. */
  readonly settled: () => Promise<void>;
}

/** One text, in a file of its own. Saves are written in order; one that fails rejects and leaves the text before it. */
export function createTextFile(path: string): TextFile {
  let writing: Promise<void> = Promise.resolve();
  return {
    load: async () => {
      await writing.catch(() => undefined);
      return readOrNull(path);
    },
    save: (text) => {
      writing = writing.catch(() => undefined).then(() => writeFileAtomically(path, text));
      return writing;
    },
    settled: () => writing.catch(() => undefined),
  };
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
