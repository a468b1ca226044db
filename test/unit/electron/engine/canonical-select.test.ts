import type { FileShape } from '#shared/domain/file-shape';
import { instantOfLocal, parseInstant } from '#shared/domain/zone-time';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset } from '#schemas/define-dataset';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalSelect, isOwnShape } from '../../../../electron/engine/canonical-select.ts';
import { selectList } from '../../../../electron/engine/canonical-columns.ts';
import { instantSql, wallTimeSql } from '../../../../electron/engine/instant-sql.ts';
import { testEngine } from '../../../helpers/foreign-files.ts';

const zone = 'America/New_York';
const openOfSession = Date.UTC(2025, 8, 2, 13, 30);

async function read(
  dataset: Dataset,
  query: string,
  wanted: string[],
  { unit = 'ms', fills = {} }: Partial<Pick<FileShape, 'unit' | 'fills'>> = {},
) {
  const engine = await testEngine();
  const described = await engine.rows(`SELECT column_name, column_type FROM (DESCRIBE ${query})`, []);
  const columns = described.map(([name, type]) => [String(name), String(type)] as const);
  const select = canonicalSelect(dataset, { columns, unit, zone, fills });
  if (!select.ok) return select.reason;
  return engine.rows(`SELECT ${selectList(select.columns, wanted)} FROM (${query})`, []);
}

const prices =
  '1::DOUBLE AS open, 2::DOUBLE AS high, 0.5::DOUBLE AS low, 1.5::DOUBLE AS close, 7::DOUBLE AS volume';
const bar = (time: string) => `SELECT 'SPY' AS symbol, '5M' AS timeframe, ${time}, ${prices}`;

describe('canonicalSelect of candles', () => {
  it.each([
    ['ms', `${openOfSession}::BIGINT AS ts`, 'ms'],
    ['seconds', `${openOfSession / 1000}::BIGINT AS ts`, 's'],
    ['microseconds', `${openOfSession}000::BIGINT AS ts`, 'us'],
    ['nanoseconds', `${openOfSession}000000::BIGINT AS ts`, 'ns'],
    ['seconds as a fraction', `${openOfSession / 1000}::DOUBLE AS ts`, 's'],
    ['numbers of several sizes', `${openOfSession}000::BIGINT AS ts`, 'mixed'],
    ['a wall time', `TIMESTAMP '2025-09-02 09:30:00' AS ts`, 'ms'],
    ['a wall time in nanoseconds', `CAST('2025-09-02 09:30:00' AS TIMESTAMP_NS) AS ts`, 'ms'],
    ['an instant', `TIMESTAMPTZ '2025-09-02 13:30:00+00' AS ts`, 'ms'],
    ['text with an offset', `'2025-09-02T09:30:00-04:00' AS ts`, 'ms'],
    ['text with a short offset and no seconds', `'2025-09-02 09:30-0400' AS ts`, 'ms'],
    ['text in UTC', `'2025-09-02T13:30:00.000Z' AS ts`, 'ms'],
    ['text without an offset', `'2025-09-02T09:30:00' AS ts`, 'ms'],
    ['digits as text', `'${openOfSession}' AS ts`, 'ms'],
    ['text beside no number', `'2025-09-02T09:30:00' AS ts_iso`, 'ms'],
    ['another name', `TIMESTAMP '2025-09-02 09:30:00' AS "Timestamp"`, 'ms'],
    ['the index of a data frame', `TIMESTAMP '2025-09-02 09:30:00' AS "__index_level_0__"`, 'ms'],
  ] as const)('reads a time given as %s', async (_, time, unit) => {
    expect(await read(candles, bar(time), ['ts', 'ts_iso', 'timeframe'], { unit })).toEqual([
      [openOfSession, '2025-09-02T13:30:00.000Z', '5M'],
    ]);
  });

  it('tells text with and without an offset apart row by row', async () => {
    const query = `${bar("'2025-09-02T09:30:00-04:00' AS ts")} UNION ALL ${bar("'2025-09-02 09:35:00' AS ts")}`;
    expect(await read(candles, query, ['ts'])).toEqual([[openOfSession], [openOfSession + 300_000]]);
  });

  it('takes the text where a row has no number', async () => {
    const time = `NULL::DOUBLE AS ts, '2025-09-02T09:30:00' AS ts_iso`;
    expect(await read(candles, bar(time), ['ts'], { unit: 's' })).toEqual([[openOfSession]]);
  });

  it('leaves a column of ms bare, so that filters still skip row groups', async () => {
    const shape = { columns: [['ts', 'BIGINT'] as const], unit: 'ms' as const, zone, fills: filled };
    const select = canonicalSelect(candles, shape);
    expect(select.ok && select.columns.get('ts')).toBe('"ts"');
  });

  it('knows columns by other names and in other cases', async () => {
    const query = `SELECT 'SPY' AS Ticker, '5m' AS tf, ${openOfSession}::BIGINT AS TS, 1 AS "Open", 2 AS "High",
      0.5::FLOAT AS "Low", '1.5' AS "Close", 7::DECIMAL(10,2) AS Vol`;
    expect(
      await read(candles, query, ['symbol', 'open', 'high', 'low', 'close', 'volume', 'global_x']),
    ).toEqual([['SPY', 1, 2, 0.5, 1.5, 7, null]]);
  });

  it('fills in what the whole file lacks', async () => {
    const query = `SELECT ${openOfSession}::BIGINT AS ts, 1 AS open, 2 AS high, 1 AS low, 2 AS close`;
    const fills = { symbol: 'SPY', timeframe: '15m', volume: 0 };
    expect(await read(candles, query, ['symbol', 'timeframe', 'volume'], { fills })).toEqual([
      ['SPY', '15m', 0],
    ]);
  });

  it('names the column that is missing', async () => {
    const query = `SELECT 'SPY' AS symbol, '5m' AS tf, 1::BIGINT AS ts, 1 AS open, 2 AS high, 1 AS low, 2 AS close`;
    expect(await read(candles, query, ['ts'])).toBe('it has no column volume');
  });

  it.each([
    ['a truth value for a time', 'true AS ts', 'ts is of type BOOLEAN, which is no time'],
    [
      'a time for a price',
      `1::BIGINT AS ts, DATE '2025-01-01' AS o`,
      'o is of type DATE, which is no number',
    ],
  ])('names the column of a type that cannot be converted: %s', async (_, columns, reason) => {
    const rest = columns.includes(' AS o') ? prices.replace('1::DOUBLE AS open, ', '') : prices;
    expect(await read(candles, `SELECT 'SPY' AS symbol, '5m' AS tf, ${columns}, ${rest}`, ['ts'])).toBe(
      reason,
    );
  });
});

const filled = { symbol: 'SPY', timeframe: '5m', open: 1, high: 1, low: 1, close: 1, volume: 0 };

describe('canonicalSelect of objects', () => {
  const event = (columns: string) =>
    `SELECT 'SPY' AS symbol, '15M' AS timeframe, 'z1' AS id, ${openOfSession}::BIGINT AS ts, ${columns}`;

  it('reads a kind with two prices as a zone and keeps its own name', async () => {
    const query = event(
      `'support' AS type, 'create' AS action, 12.0 AS top, 10.0 AS bottom, NULL::DOUBLE AS y, 'active' AS status`,
    );
    const wanted = ['object_id', 'object_type', 'y_min', 'y_max', 'y', 't_start', 't_end', 'payload'];
    expect(await read(objects, query, wanted)).toEqual([
      ['z1', 'zone', 10, 12, null, openOfSession, null, '{"status":"active","type":"support"}'],
    ]);
  });

  it('reads a kind with one price as a level, whichever edge is given first', async () => {
    const query = event(
      `'resistance' AS type, 'update' AS action, NULL::DOUBLE AS top, NULL::DOUBLE AS bottom, 11.0 AS y`,
    );
    expect(await read(objects, query, ['object_type', 'y_min', 'y', 'sequence'])).toEqual([
      ['level', null, 11, 1],
    ]);
  });

  it('ends an object when it is removed', async () => {
    const query = event(
      `'zone' AS type, 'remove' AS action, 1.0 AS top, 2.0 AS bottom, 7 AS step, 'broken' AS reason`,
    );
    expect(
      await read(objects, query, ['action', 't_end', 'y_min', 'y_max', 'step', 'reason', 'sequence']),
    ).toEqual([['close', openOfSession, 1, 2, 7, 'broken', 7]]);
  });

  it('tells an instant on the left from the index of a bar', async () => {
    const query = `${event(`'zone' AS type, ${openOfSession - 60_000}::BIGINT AS "left"`)} UNION ALL ${event(`'zone' AS type, 117::BIGINT AS "left"`)}`;
    expect(await read(objects, query, ['t_start'])).toEqual([[openOfSession - 60_000], [openOfSession]]);
  });

  it('leaves a payload as it was written where nothing stands beside it', async () => {
    const query = event(`'zone' AS object_type, 'create' AS action, '{"b": 1,  "a": 2}' AS payload`);
    expect(await read(objects, query, ['payload'])).toEqual([['{"b": 1,  "a": 2}']]);
  });

  it('puts what has no column of ours beside a payload', async () => {
    const query = event(`'zone' AS object_type, '{"b":1}' AS payload, 3 AS touches, {'x': 1} AS style`);
    expect(await read(objects, query, ['payload'])).toEqual([['{"touches":3,"style":{"x":1},"b":1}']]);
  });

  it('orders events of one instant by what usually comes first', async () => {
    const query = ['create', 'update', 'close']
      .map((action) => event(`'zone' AS type, '${action}' AS action`))
      .join(' UNION ALL ');
    expect(await read(objects, query, ['sequence'])).toEqual([[0], [1], [2]]);
  });
});

describe('isOwnShape', () => {
  it('is our columns and types, in any order, perhaps with others beside them', () => {
    const own = Object.entries(candles.columns).map(
      ([name, { kind }]) =>
        [
          name,
          kind === 'double'
            ? 'DOUBLE'
            : ['instant', 'integer', 'version'].includes(kind)
              ? 'BIGINT'
              : 'VARCHAR',
        ] as const,
    );
    expect(isOwnShape(candles, [...own.toReversed(), ['more', 'BLOB']])).toBe(true);
    expect(
      isOwnShape(
        candles,
        own.filter(([name]) => name !== 'global_x'),
      ),
    ).toBe(false);
    expect(
      isOwnShape(
        candles,
        own.map(([name, type]) => [name, name === 'ts' ? 'TIMESTAMP' : type] as const),
      ),
    ).toBe(false);
  });
});

describe('wallTimeSql', () => {
  const zones = ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'];
  const days2025 = [
    '2025-01-01',
    '2025-03-09',
    '2025-11-02',
    '2025-03-30',
    '2025-10-26',
    '2025-04-06',
    '2025-10-05',
    '2025-12-31',
  ];

  async function read(place: string, days: readonly string[], years?: readonly [number, number]) {
    const engine = await testEngine();
    const walls = days.flatMap((day) =>
      Array.from({ length: 96 }, (_, quarter) => Date.parse(`${day}T00:00Z`) + quarter * 900_000),
    );
    const rows = await engine.rows(
      `SELECT ${wallTimeSql('given', place, years)} FROM (SELECT unnest($1::VARCHAR[])::BIGINT AS given)`,
      [walls.map(String)],
    );
    const expected = walls.map((wall) =>
      instantOfLocal(place, Math.floor(wall / 86_400_000), wall % 86_400_000),
    );
    return { found: rows.map(([ms]) => ms), expected };
  }

  it.each(zones)('agrees with instantOfLocal around the changes of %s', async (place) => {
    const { found, expected } = await read(place, [...days2025, '1999-07-01', '2037-11-01']);
    expect(found).toEqual(expected);
  });

  it.each(zones)('agrees when the years are known, to the ends of the year in %s', async (place) => {
    const { found, expected } = await read(place, days2025, [2025, 2025]);
    expect(found).toEqual(expected);
  });
});

describe('instantSql', () => {
  it('reads ISO text as rows that come by themselves are read', async () => {
    const engine = await testEngine();
    const text = fc
      .record({
        ms: fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2037, 0, 1) }),
        separator: fc.constantFrom('T', ' ', 't'),
        length: fc.constantFrom(16, 19, 23),
        offset: fc.constantFrom('', 'Z', 'z', '+00:00', '-0400', '+05:30', '-05'),
      })
      .map(
        ({ ms, separator, length, offset }) =>
          new Date(ms).toISOString().slice(0, length).replace('T', separator) + offset,
      );
    const texts = fc.sample(text, { numRuns: 300, seed: 20250902 });
    const sql = instantSql({ name: 'given', type: 'VARCHAR', unit: 'ms', zone }, 'strict') ?? '';
    const rows = await engine.rows(`SELECT ${sql} FROM (SELECT unnest($1::VARCHAR[]) AS given)`, [texts]);
    expect(rows.map(([ms], index) => [texts[index], ms])).toEqual(
      texts.map((given) => {
        const parsed = parseInstant(given, zone);
        return [given, parsed.ok ? parsed.ts : parsed.reason];
      }),
    );
  });

  it('makes null of what is no time when it is lenient', async () => {
    const engine = await testEngine();
    const sql = instantSql({ name: 'given', type: 'VARCHAR', unit: 'ms', zone }, 'lenient') ?? '';
    const rows = await engine.rows(`SELECT ${sql} FROM (SELECT unnest($1::VARCHAR[]) AS given)`, [
      ['', 'soon', '2025-02-30'],
    ]);
    expect(rows).toEqual([[null], [null], [null]]);
  });
});
