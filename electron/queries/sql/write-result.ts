import type { ResultFormat, SqlSort, WrittenResult } from '#shared/domain/sql';
import { WorkbenchError } from '#shared/errors';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { placeExclusively } from '../../platform/place-exclusively.ts';
import { syncFolder } from '../../platform/sync-folder.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { refuseOwnPlace } from '../../storage/refuse-own-place.ts';
import type { SqlProcess } from './sql-process.ts';

export interface ResultFileRequest {
  readonly format: ResultFormat;
  readonly sort: SqlSort | null;
  /** Absolute path. */
  readonly out: string;
  readonly overwrite?: boolean | undefined;
}

/** Writes a result beside its place and gives it its name when it is whole and flushed, so that nothing half written is under that name. */
export async function writeResult(
  process: SqlProcess,
  root: string,
  { format, sort, out, overwrite = false }: ResultFileRequest,
): Promise<WrittenResult> {
  const file = resolve(out);
  if (!isAbsolute(out)) throw new WorkbenchError('argument-invalid', `out: ${out} is not an absolute path`);
  await refuseOwnPlace(dirname(file), resolve(root));
  if (!overwrite && existsSync(file)) throw isThere(file);
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
      if (overwrite) await rename(partial, file);
      else if (!(await placeExclusively(partial, file))) throw isThere(file);
      await syncFolder(dirname(file));
      return { file, rows, sizeBytes: size };
    });
  } finally {
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

function isThere(file: string): WorkbenchError {
  return new WorkbenchError('file-exists', `${file} is there already`);
}
