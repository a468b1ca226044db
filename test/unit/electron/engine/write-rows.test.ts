import { candles } from '#schemas/datasets/candles';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeRows } from '../../../../electron/engine/write-rows.ts';
import { testEngine } from '../../../helpers/foreign-files.ts';
import { candleRow, storedCandle } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

const rows = [storedCandle(candleRow())];

describe('writeRows', () => {
  it.runIf(existsSync('/dev/full'))(
    'says that the disk is full, and keeps no table of the rows',
    async () => {
      const engine = await testEngine();
      await expect(writeRows(engine, candles, rows, '/dev/full', {})).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.not.stringContaining('IO Error') as unknown,
      });
      expect(await engine.rows('SELECT count(*)::INTEGER FROM duckdb_tables()', [])).toEqual([[0]]);
      await writeRows(engine, candles, rows, join(await tempFolder(), 'rows.parquet'), {});
    },
  );
});
