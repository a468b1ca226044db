import { candles } from '#schemas/datasets/candles';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { recoverWithDropped } from '../../../../electron/imports/dropped-parts.ts';
import { diskFs } from '../../../../electron/platform/fs.ts';
import { barSql, testEngine, writeParquet } from '../../../helpers/foreign-files.ts';
import { fiveMinutes } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

const path = 'data/5m/2025-09-02/part-1.parquet';

/** A folder with one part that nobody has taken in, read by an engine that does something else before its first look. */
async function recovered(before: (folder: string) => Promise<unknown>) {
  const folder = await tempFolder();
  const engine = await testEngine();
  await writeParquet(engine, join(folder, path), barSql(`${fiveMinutes(0)} AS ts`));
  let first: Promise<unknown> | undefined;
  const late: Engine = {
    ...engine,
    rows: async (...question) => {
      await (first ??= before(folder));
      return engine.rows(...question);
    },
  };
  const context = { engine: late, root: folder, zone: 'UTC', storeId: 'own' };
  const { state } = await recoverWithDropped(diskFs(folder), context);
  return {
    files: [...state.catalog.files()].map((file) => file.path),
    unreadable: state.catalog.unreadable(candles.name, { from: -Infinity, until: Infinity }),
    left: await readdir(join(folder, 'data/5m/2025-09-02')),
  };
}

it('brings a part that nobody has taken in', async () => {
  expect(await recovered(() => Promise.resolve())).toMatchObject({ files: [path], unreadable: [] });
});

it('does not miss a part that its owner has merged away while it was looked at', async () => {
  const merged = await recovered((folder) =>
    rename(join(folder, path), join(folder, 'in-the-trash.parquet')),
  );
  expect(merged).toEqual({ files: [], unreadable: [], left: [] });
});
