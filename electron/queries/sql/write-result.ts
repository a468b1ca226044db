import type { ResultFormat, SqlSort, WrittenResult } from '#shared/domain/sql';
import { WorkbenchError } from '#shared/errors';
import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import type { SqlProcess } from './sql-process.ts';

export interface ResultFileRequest {
  readonly format: ResultFormat;
  readonly sort: SqlSort | null;
  /** Absolute path. */
  readonly out: string;
  readonly overwrite?: boolean | undefined;
}

/** Writes a result beside its place and renames it, so that nothing half written is ever under that name. */
export async function writeResult(
  process: SqlProcess,
  root: string,
  { format, sort, out, overwrite = false }: ResultFileRequest,
): Promise<WrittenResult> {
  const file = resolve(out);
  if (!isAbsolute(out)) throw new WorkbenchError('argument-invalid', `out: ${out} is not an absolute path`);
  if (file.startsWith(`${resolve(root)}${sep}`)) {
    throw new WorkbenchError('argument-invalid', `out: ${file} lies in the store, whose files are its own`);
  }
  if (!overwrite && (await isThere(file))) {
    throw new WorkbenchError('argument-invalid', `${file} is there already`);
  }
  const partial = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    const rows = await process.write(partial, format, sort);
    return await wordingDiskErrors(async () => {
      const handle = await open(partial, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      const { size } = await stat(partial);
      await rename(partial, file);
      return { file, rows, sizeBytes: size };
    });
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
