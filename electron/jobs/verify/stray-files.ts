import { problemOf, type Problem, type ProblemKind } from '#shared/domain/verify-report';
import type { FileFooter } from '../../engine/inspect-files.ts';
import { readMetadata } from '../../storage/file-metadata.ts';
import { parseDataPath } from '../../storage/layout.ts';
import type { WalkedFile } from '../../storage/walk-files.ts';

/** What a file in a dataset's folder is that the log says nothing of; null for what may lie there. */
export type Stray =
  | { readonly kind: Extract<ProblemKind, 'loose-part' | 'leftover' | 'foreign-file' | 'dot-file' | 'link'> }
  | { readonly kind: 'note'; readonly detail: string };

/** Tells by the name alone what a file is that is not in the catalog; `null` needs a look at its footer. */
export function strayByName({ path, kind }: WalkedFile): Stray | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (kind !== 'file') return { kind: 'link' };
  if (name.startsWith('.') && name.endsWith('.tmp')) return { kind: 'dot-file' };
  if (name.startsWith('.')) return { kind: 'note', detail: 'is not of the store' };
  if (!name.endsWith('.parquet')) return { kind: 'note', detail: 'is not of the store' };
  return null;
}

/** Whether a store wrote the file, by what its footer says. */
export function isOurs(footer: FileFooter | undefined): boolean {
  return footer !== undefined && readMetadata(footer.metadata).dataset !== null;
}

/** Of a Parquet file: whether it is a part, or a job of this store left it, or another program wrote it. */
export function strayByFooter(path: string, footer: FileFooter | undefined): Stray {
  const parsed = parseDataPath(path);
  if (parsed?.level === 'part') return { kind: 'loose-part' };
  return { kind: isOurs(footer) && parsed !== null ? 'leftover' : 'foreign-file' };
}

const strayDetails: Readonly<Record<Exclude<Stray['kind'], 'note'>, string>> = {
  'loose-part': 'the log does not know this part: its rows are not in the store yet',
  leftover: 'the log does not know this file, which was written by this store',
  'foreign-file': 'the log does not know this file, which another program wrote',
  'dot-file': 'a file that was never finished',
  link: 'a link or device in place of a file',
};

/** What users are told of a stray file, with advice; nothing has been done to the file. */
export function strayProblem(path: string, kind: keyof typeof strayDetails): Problem {
  return problemOf(kind, path, strayDetails[kind]);
}
