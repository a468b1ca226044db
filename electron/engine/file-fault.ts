import type { UnreadableFile } from '#shared/domain/viewport';
import { access } from 'node:fs/promises';
import { codeOf } from '../platform/fs.ts';
import type { Engine } from './engine.ts';
import { quoteName, quoteText } from './sql.ts';

export const notThere = 'it is not there';
/** Says nothing against the file. */
export const notPermitted = 'reading it is not permitted';
/** What DuckDB says of files that it cannot read, and what that comes down to. */
const knownFaults: readonly (readonly [RegExp, string])[] = [
  [
    /No magic bytes found|too small to be a Parquet file|Footer length error/,
    'it is cut short, or is no Parquet file',
  ],
  [/Permission denied|Operation not permitted/, notPermitted],
  [/No files found|No such file/, notThere],
  [
    /decompress|out of buffer|corrupt|invalid block|miniblock|BYTE_STREAM_SPLIT|DELTA_|TProtocol|thrift|payload/i,
    'it is damaged',
  ],
];

/** Why a file cannot be read, in words for people; what is not known is left as DuckDB says it, in one line. */
export function fileFault(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const known = knownFaults.find(([pattern]) => pattern.test(line))?.[1];
  const column = /Referenced column "([^"]+)" not found/.exec(line)?.[1];
  if (column !== undefined) return `it has no column ${column}`;
  return known ?? line.replace(/^[A-Z][A-Za-z ]* Error: /, '').trim();
}

/** The same of one file by its absolute path. DuckDB finds no file in a folder that it may not look into. */
export async function faultOfFile(path: string, error: unknown): Promise<string> {
  const fault = fileFault(error);
  if (fault !== notThere) return fault;
  try {
    await access(path);
  } catch (cause) {
    if (codeOf(cause) === 'EACCES') return notPermitted;
  }
  return fault;
}

/** Those of some files, by absolute path, whose rows cannot all be read, or that lack one of the columns. */
export async function findUnreadable(
  engine: Engine,
  paths: readonly string[],
  columns: readonly string[],
): Promise<readonly UnreadableFile[]> {
  const values = columns.length === 0 ? 'COLUMNS(*)' : columns.map(quoteName).join(', ');
  const unreadable: UnreadableFile[] = [];
  for (const path of paths) {
    try {
      await engine.rows(`SELECT sum(hash(${values})) FROM read_parquet([${quoteText(path)}])`, []);
    } catch (error) {
      unreadable.push({ path, reason: await faultOfFile(path, error) });
    }
  }
  return unreadable;
}
