import { candles } from '#schemas/datasets/candles';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { datasets } from '#schemas/index';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnType } from '../../../../electron/engine/column-type.ts';
import { createEngine, type Engine } from '../../../../electron/engine/engine.ts';
import { quoteName } from '../../../../electron/engine/sql.ts';
import { encodePart, maxPartRows } from '../../../../electron/storage/part-writer.ts';
import { goodRows } from '../../../helpers/arbitrary-rows.ts';
import { fiveMinutes, storedCandle, storedRow } from '../../../helpers/rows.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: true });
});
afterAll(() => engine.close());

let count = 0;

/** Writes a part and answers its path. Names are never used again, because DuckDB remembers footers by name. */
async function written(folder: string, dataset: Dataset, rows: readonly StoredRow[]): Promise<string> {
  const path = join(folder, `part-${(count += 1)}.parquet`);
  await writeFile(path, await encodePart(dataset, rows, { 'tapedeck.test': 'yes' }));
  return path;
}

async function readBack(path: string, dataset: Dataset) {
  const columns = Object.keys(dataset.columns).map(quoteName).join(', ');
  return engine.rows(`SELECT ${columns} FROM read_parquet($1) ORDER BY file_row_number`, [path]);
}

function distinct(rows: readonly StoredRow[], at: number): (string | number | null)[] {
  return [...new Set(rows.map((row) => row[at] ?? null))];
}

interface Wanted {
  readonly filter: string;
  readonly value: string | number;
  readonly matches: number;
}

/** Filters that have to find a value in a column, and how many rows each must find. */
function filtersFor(
  name: string,
  type: string,
  value: string | number | null,
  rows: readonly StoredRow[],
  at: number,
): Wanted[] {
  const column = quoteName(name);
  const matching = (matches: (found: string | number) => boolean) =>
    rows.filter((row) => row[at] != null && matches(row[at])).length;
  if (value === null) {
    const nulls = rows.length - matching(() => true);
    return [{ filter: `${column} IS NULL AND 1 = ?`, value: 1, matches: nulls }];
  }
  const filter = (sign: string) => `${column} ${sign} ?::${type}`;
  const equal = { filter: filter('='), value, matches: matching((found) => found === value) };
  if (typeof value === 'string') return [equal];
  return [
    equal,
    { filter: filter('>='), value, matches: matching((found) => Number(found) >= value) },
    { filter: filter('<'), value, matches: matching((found) => Number(found) < value) },
  ];
}

describe.each<Dataset>(datasets)('encodePart of $name', (dataset) => {
  const rowLists = fc.array(
    goodRows(dataset).map((row) => storedRow(dataset, row)),
    { minLength: 1, maxLength: 40, size: 'max' },
  );

  it('keeps every value to the last bit', async () => {
    const folder = await tempFolder();
    await fc.assert(
      fc.asyncProperty(rowLists, async (rows) => {
        expect(await readBack(await written(folder, dataset, rows), dataset)).toStrictEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('lets a filter on any column find the rows it is for, and no others', async () => {
    const folder = await tempFolder();
    await fc.assert(
      fc.asyncProperty(rowLists, async (rows) => {
        const path = await written(folder, dataset, rows);
        const wanted: Wanted[] = Object.entries(dataset.columns).flatMap(([name, column], at) =>
          distinct(rows, at)
            .slice(0, 2)
            .flatMap((value) => filtersFor(name, columnType(column), value, rows, at)),
        );
        const counts = wanted.map(
          ({ filter }, index) =>
            `SELECT count(*) FROM read_parquet($1) WHERE ${filter.replace('?', `$${index + 2}`)}`,
        );
        const found = await engine.rows(counts.join(' UNION ALL '), [
          path,
          ...wanted.map(({ value }) => value),
        ]);
        expect(
          found.map(([matches], index) => [wanted[index]?.filter, wanted[index]?.value, matches]),
        ).toEqual(wanted.map(({ filter, value, matches }) => [filter, value, matches]));
      }),
      { numRuns: 12 },
    );
  });

  it('has the columns of the dataset, in its order and types, and says which may be null', async () => {
    const path = await written(await tempFolder(), dataset, fc.sample(rowLists, 1)[0] ?? []);
    const described = await engine.rows(
      `SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet($1))`,
      [path],
    );
    expect(described).toEqual(
      Object.entries(dataset.columns).map(([name, column]) => [name, columnType(column)]),
    );
    const schema = await engine.rows(
      `SELECT name, repetition_type FROM parquet_schema($1) WHERE type IS NOT NULL`,
      [path],
    );
    expect(schema).toEqual(
      Object.entries(dataset.columns).map(([name, { nullable }]) => [
        name,
        nullable ? 'OPTIONAL' : 'REQUIRED',
      ]),
    );
  });

  it('is the same bytes for the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(rowLists, async (rows) => {
        const digest = async () =>
          createHash('sha256')
            .update(await encodePart(dataset, rows, { a: 'b' }))
            .digest('hex');
        expect(await digest()).toBe(await digest());
      }),
      { numRuns: 10 },
    );
  });
});

describe('encodePart', () => {
  it.each([1, 2, 255, 1_024, 4_095, maxPartRows])('writes %i rows into one row group', async (rowCount) => {
    const rows = Array.from({ length: rowCount }, (_, index) => storedCandle({ ts: fiveMinutes(index) }));
    const path = await written(await tempFolder(), candles, rows);
    expect(
      await engine.rows('SELECT num_rows, num_row_groups FROM parquet_file_metadata($1)', [path]),
    ).toEqual([[rowCount, 1]]);
    expect(await readBack(path, candles)).toStrictEqual(rows);
  });

  it('refuses more rows than it can encode well', async () => {
    const rows = Array.from({ length: maxPartRows + 1 }, (_, index) =>
      storedCandle({ ts: fiveMinutes(index) }),
    );
    await expect(encodePart(candles, rows, {})).rejects.toThrow('4097 rows do not fit one part');
  });

  it('puts what it is told into the footer', async () => {
    const path = await written(await tempFolder(), candles, [storedCandle()]);
    expect(
      await engine.rows('SELECT decode(key), decode(value) FROM parquet_kv_metadata($1)', [path]),
    ).toEqual([['tapedeck.test', 'yes']]);
  });
});
