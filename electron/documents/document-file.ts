import { describeFault } from '#shared/describe-fault';
import { WorkbenchError } from '#shared/errors';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { codeOf } from '../platform/fs.ts';
import { insideRoot } from '../platform/inside-root.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';

/** A document in JSON, in a file of the store. */
export interface DocumentKind<T> {
  /** Relative to the store's folder, written with `/`. */
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** What a file that cannot be read means for the user. */
  readonly consequence: string;
}

export interface DocumentFile<T> {
  /** Null where there is no file; one that cannot be read, or is of another form, is refused by name. */
  readonly read: () => Promise<T | null>;
  /** Replaces the document, whole or not at all; durable when it answers. */
  readonly write: (document: T) => Promise<void>;
}

/** The file of a document in the store at `root`. */
export function documentFile<T>(root: string, kind: DocumentKind<T>): DocumentFile<T> {
  const { path } = kind;
  const guard = insideRoot(root);
  return {
    async read() {
      const text = await readFile(join(root, path), 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return null;
        throw unreadable(kind, `cannot be read (${codeOf(error)})`, error);
      });
      return text === null ? null : readDocument(text, kind);
    },
    async write(document) {
      await guard(path);
      await writeFileAtomically(join(root, path), documentText(document));
    },
  };
}

/** A document as its file holds it. */
export function documentText(document: unknown): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}

/** Reads a document from its text; throws `file-unreadable`, which names the file and what is wrong. */
export function readDocument<T>(text: string, kind: DocumentKind<T>): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw unreadable(kind, 'is not whole JSON', error);
  }
  const document = kind.schema.safeParse(parsed);
  if (document.success) return document.data;
  throw unreadable(kind, describeFault(document.error), document.error);
}

function unreadable(
  { path, consequence }: DocumentKind<unknown>,
  why: string,
  cause: unknown,
): WorkbenchError {
  return new WorkbenchError('file-unreadable', `${path} ${why}: ${consequence}`, { cause });
}
