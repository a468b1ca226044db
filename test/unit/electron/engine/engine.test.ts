import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../../electron/engine/engine.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

describe('engine', () => {
  it('answers columns of numbers, across the chunks that a result comes in', async () => {
    const { numbers } = await setup();
    const [range = [], half = []] = await numbers('SELECT range::DOUBLE, range / 2 FROM range(5000)', []);
    expect(range).toHaveLength(5_000);
    expect([range[0], range[2_047], range[2_048], range[4_999]]).toEqual([0, 2_047, 2_048, 4_999]);
    expect(half[4_999]).toBe(2_499.5);
  });

  it('answers null as NaN, wherever it stands', async () => {
    const { numbers } = await setup();
    const sql = 'SELECT CASE WHEN range % 7 <> 3 THEN range::DOUBLE END FROM range(3000)';
    const [column = []] = await numbers(sql, []);
    const expected = Array.from({ length: 3_000 }, (_, index) => (index % 7 === 3 ? Number.NaN : index));
    expect(Array.from(column)).toEqual(expected);
  });

  it('answers no rows as empty columns', async () => {
    const { numbers } = await setup();
    expect(await numbers('SELECT 1::DOUBLE, 2::DOUBLE WHERE false', [])).toEqual([
      new Float64Array(0),
      new Float64Array(0),
    ]);
  });

  it('reads a file that was written anew under its name, of the same size, as it is now', async () => {
    const { run, numbers } = await setup();
    const path = join(await tempFolder(), 'again.parquet');
    const found: number[] = [];
    const sizes = new Set<number>();
    for (const value of [1, 2, 3]) {
      await run(`COPY (SELECT ${value}::DOUBLE AS value FROM range(8)) TO '${path}' (FORMAT parquet)`);
      sizes.add((await stat(path)).size);
      const [column] = await numbers(`SELECT max(value) FROM read_parquet('${path}')`, []);
      found.push(column?.[0] ?? Number.NaN);
    }
    expect([sizes.size, found]).toEqual([1, [1, 2, 3]]);
  });

  it('may be closed under queries that run and wait, which are cancelled', async () => {
    for (let round = 0; round < 10; round += 1) {
      const engine = await createEngine({ threads: 2, memoryLimit: '256MB', trustsFileNames: false });
      const other = await engine.sibling();
      const slow = 'SELECT max(hash(a.range * b.range)) FROM range(100000) a, range(100000) b';
      const asked = [engine.rows(slow, []), engine.rows('SELECT 1', []), other.rows(slow, [])];
      await new Promise((resolve) => setImmediate(resolve));
      other.close();
      engine.close();
      const ends = await Promise.allSettled([...asked, engine.rows('SELECT 1', [])]);
      expect(ends).toEqual(
        ends.map(() => ({
          status: 'rejected',
          reason: expect.objectContaining({ code: 'cancelled' }) as unknown,
        })),
      );
    }
  });
});

async function setup() {
  const engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: false });
  onTestFinished(() => engine.close());
  return engine;
}
