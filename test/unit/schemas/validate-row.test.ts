import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset } from '#schemas/define-dataset';
import { datasets } from '#schemas/index';
import { validateRow } from '#schemas/validate-row';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodRows } from '../../helpers/arbitrary-rows.ts';
import { candleRow, objectRow, openingBell, type GivenRow } from '../../helpers/rows.ts';

const bell = '2025-09-02T13:30:00.000Z';

function candle(change: GivenRow = {}, zone = 'UTC') {
  return read(candles, candleRow(change), zone);
}

function object(change: GivenRow = {}) {
  return read(objects, objectRow(change), 'UTC');
}

/** The stored row by column name, or the field at fault and why. */
function read(dataset: Dataset, input: unknown, zone: string) {
  const verdict = validateRow(dataset, input, zone);
  if (!verdict.ok) return { field: verdict.field, reason: verdict.reason };
  return Object.fromEntries(Object.keys(dataset.columns).map((name, at) => [name, verdict.row[at]]));
}

function columnOf(dataset: Dataset, name: string) {
  return Object.entries(dataset.columns).find(([each]) => each === name)?.[1];
}

/** The row without one of its fields. */
function without(row: GivenRow, field: string): GivenRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
}

describe('validateRow', () => {
  it('puts a row in the order of the columns and fills in what the store knows', () => {
    expect(validateRow(candles, candleRow(), 'UTC')).toEqual({
      ok: true,
      assumedZone: false,
      row: ['SPY', '5m', openingBell, bell, 10, 12, 9, 11, 100, null, null, 1],
    });
  });

  describe.each([
    ['candles', candles, candleRow()],
    ['objects', objects, objectRow()],
  ] as const)('of %s', (_, dataset, good) => {
    const required = Object.keys(good).filter((name) => columnOf(dataset, name)?.nullable === false);

    it.each(required)('refuses a row without %s', (field) => {
      expect(read(dataset, without(good, field), 'UTC')).toEqual({ field, reason: 'is missing' });
    });

    it.each(required)('refuses a row whose %s is null', (field) => {
      expect(read(dataset, { ...good, [field]: null }, 'UTC')).toEqual({ field, reason: 'must not be null' });
    });

    it.each(Object.keys(dataset.columns).filter((name) => columnOf(dataset, name)?.kind !== 'json'))(
      'names %s when it is of the wrong type',
      (field) => {
        for (const wrong of [true, {}, [], [1]]) {
          expect(read(dataset, { ...good, [field]: wrong }, 'UTC')).toEqual({
            field,
            reason: expect.any(String) as unknown,
          });
        }
      },
    );

    it.each([[null], [42], ['text'], [[good]], [undefined]])('refuses %j, which is not a row', (input) => {
      expect(read(dataset, input, 'UTC')).toEqual({ field: '', reason: 'a row must be a JSON object' });
    });
  });

  it.each(['price', 'constructor', 'toString', '__proto__', 'Open', ''])(
    'refuses a field called %j',
    (field) => {
      const row: unknown = JSON.parse(
        JSON.stringify(candleRow()).replace('{', `{${JSON.stringify(field)}:1,`),
      );
      expect(read(candles, row, 'UTC')).toEqual({ field, reason: 'candles have no such field' });
    },
  );

  it('never throws, whatever it is given', () => {
    const field = fc.constantFrom(...Object.keys(objects.columns));
    fc.assert(
      fc.property(field, fc.anything({ withBigInt: true, withDate: true, withMap: true }), (name, value) => {
        const verdict = validateRow(objects, objectRow({ [name]: value }), 'UTC');
        expect(verdict.ok || verdict.field !== '').toBe(true);
      }),
    );
  });

  it('is of the same mind about a row that it took once', () => {
    for (const dataset of datasets) {
      fc.assert(
        fc.property(goodRows(dataset), (row) => {
          const first = read(dataset, row, 'UTC');
          expect(read(dataset, first, 'America/New_York')).toEqual(first);
        }),
      );
    }
  });

  it('keeps a row that has been through JSON, as the log keeps it', () => {
    for (const dataset of datasets) {
      fc.assert(
        fc.property(goodRows(dataset), (row) => {
          const stored = validateRow(dataset, row, 'UTC');
          expect(JSON.parse(JSON.stringify(stored))).toStrictEqual(stored);
        }),
      );
    }
  });
});

describe('numbers', () => {
  it.each([
    ['12', 'must be a finite number, is the text "12"'],
    [Number.NaN, 'must be a finite number, is NaN'],
    [Infinity, 'must be a finite number, is Infinity'],
    [-Infinity, 'must be a finite number, is -Infinity'],
    [true, 'must be a finite number, is true'],
    [[12], 'must be a finite number, is [12]'],
    [12n, 'must be a finite number, is a bigint'],
  ])('refuses a high of %o', (high, reason) => {
    expect(candle({ high })).toEqual({ field: 'high', reason });
  });

  it.each([
    [{ open: 0 }, 'open', 'must be above 0, is 0'],
    [{ low: -1 }, 'low', 'must be above 0, is -1'],
    [{ volume: -0.5 }, 'volume', 'must be at least 0, is -0.5'],
    [{ high: 10.5 }, 'high', '10.5 is below open or close (11)'],
    [{ low: 10.5 }, 'low', '10.5 is above open or close (10)'],
  ])('refuses a bar with %j', (change, field, reason) => {
    expect(candle(change)).toEqual({ field, reason });
  });

  it.each([0.5, 2 ** 53, -(2 ** 53), '1', Number.NaN])('refuses a sequence of %o', (sequence) => {
    expect(object({ sequence })).toMatchObject({
      field: 'sequence',
      reason: expect.stringMatching(/^must be a whole/) as unknown,
    });
  });

  it('keeps the largest whole number that a double holds', () => {
    expect(object({ sequence: 2 ** 53 - 1 })).toMatchObject({ sequence: 2 ** 53 - 1 });
  });

  it('has no negative zero, which the log could not keep', () => {
    expect(Object.is(candle({ volume: -0 })['volume' as never], 0)).toBe(true);
  });
});

describe('instants', () => {
  it.each([
    ['2025-09-02T13:30:00Z'],
    ['2025-09-02T13:30Z'],
    ['2025-09-02 13:30:00+00:00'],
    ['2025-09-02T09:30:00-04:00'],
    ['2025-09-02T15:30:00.000+0200'],
    [String(openingBell)],
    [openingBell],
  ])('are the same, spelled %s', (ts) => {
    expect(candle({ ts }, 'Asia/Tokyo')).toMatchObject({ ts: openingBell, ts_iso: bell });
  });

  it('without an offset are read in the zone of the store, and that is said', () => {
    expect(validateRow(candles, candleRow({ ts: '2025-09-02T09:30:00' }), 'America/New_York')).toMatchObject({
      ok: true,
      assumedZone: true,
      row: expect.arrayContaining([openingBell, bell]) as unknown,
    });
  });

  it('may be given as text under the other name alone', () => {
    expect(
      read(candles, without(candleRow({ ts_iso: '2025-09-02T09:30:00-04:00' }), 'ts'), 'UTC'),
    ).toMatchObject({
      ts: openingBell,
      ts_iso: bell,
    });
  });

  it('given twice must agree', () => {
    expect(candle({ ts_iso: '2025-09-02T09:30:00-04:00' })).toMatchObject({ ts: openingBell });
    expect(candle({ ts_iso: '2025-09-02T09:30:00Z' })).toEqual({
      field: 'ts_iso',
      reason: `2025-09-02T09:30:00Z is not the instant in ts (${bell})`,
    });
  });

  it.each([
    ['2025-02-30T00:00:00Z', /does not exist/],
    ['2025-09-02T24:00:00Z', /has hour 24/],
    ['yesterday', /not an ISO-8601 time/],
    ['', /not an ISO-8601 time/],
    [1_756_819_800, /looks like seconds/],
    [1_756_819_800_000_000, /looks like microseconds/],
    [openingBell + 0.5, /not a whole number of ms/],
    [Number.NaN, /not a time/],
    ['1949-12-31T23:59:59Z', /year 1949/],
    ['2100-01-01T00:00:00Z', /year 2100/],
    [false, /must be ms since 1970/],
  ])('refuses %o', (ts, reason) => {
    expect(candle({ ts })).toEqual({ field: 'ts', reason: expect.stringMatching(reason) as unknown });
  });

  it('blames the name under which a bad text came', () => {
    expect(read(candles, without(candleRow({ ts_iso: 'noon' }), 'ts'), 'UTC')).toMatchObject({
      field: 'ts_iso',
    });
  });

  it('tells the two hours of a night on which clocks go back apart by their offset', () => {
    const first = candle({ ts: '2025-11-02T01:30:00-04:00' });
    const second = candle({ ts: '2025-11-02T01:00:00-05:00' });
    expect([first['ts' as never], second['ts' as never]]).toEqual([
      Date.UTC(2025, 10, 2, 5, 30),
      Date.UTC(2025, 10, 2, 6, 0),
    ]);
  });

  it('must stand on the grid of their timeframe', () => {
    expect(candle({ ts: openingBell + 60_000 })).toEqual({
      field: 'ts',
      reason: '2025-09-02T13:31:00.000Z is not the open of a 5m bar',
    });
    expect(candle({ ts: openingBell, timeframe: '1h' })).toMatchObject({ ts: openingBell });
  });

  it('of events may be any', () => {
    expect(object({ event_ts: openingBell + 1 })).toMatchObject({ event_ts: openingBell + 1 });
  });
});

describe('text', () => {
  it.each(['5m', '5M', '15m', '1H', '4h', '1d', '1W', '30s'])(
    'takes the timeframe %s as it is spelled',
    (timeframe) => {
      expect(candle({ timeframe })).toMatchObject({ timeframe });
    },
  );

  it.each(['5', 'm', '0m', '05m', '5 m', '5min', '../5m', '99999m', '5m\n'])(
    'refuses the timeframe %j',
    (timeframe) => {
      expect(candle({ timeframe })).toMatchObject({ field: 'timeframe' });
    },
  );

  it.each(['../../etc', 'CON', '🚀', 'A'.repeat(300)])('refuses the symbol %s', (symbol) => {
    expect(candle({ symbol })).toMatchObject({ field: 'symbol' });
  });

  it('refuses a choice that there is not, and says which there are', () => {
    expect(object({ object_type: 'Zone' })).toEqual({
      field: 'object_type',
      reason: 'must be one of zone, level, marker, flag',
    });
  });

  it('is counted in characters, not in halves of them', () => {
    expect(object({ object_id: '💹'.repeat(256) })).toMatchObject({ object_type: 'zone' });
    expect(object({ object_id: '💹'.repeat(257) })).toEqual({
      field: 'object_id',
      reason: 'is longer than 256 characters (257)',
    });
  });

  it('refuses half a character, which no file can hold', () => {
    expect(object({ reason: 'broken \ud83d' })).toEqual({
      field: 'reason',
      reason: 'is not well-formed Unicode',
    });
  });

  it('refuses a byte-order mark in front, which readers drop', () => {
    expect(object({ object_id: '\uFEFFzone-1' })).toEqual({
      field: 'object_id',
      reason: 'begins with a byte-order mark',
    });
    expect(object({ object_id: 'zone\uFEFF' })).toMatchObject({ object_id: 'zone\uFEFF' });
  });

  it('may be empty only where it may be missing', () => {
    expect(object({ reason: '' })).toMatchObject({ reason: '' });
    expect(object({ object_id: '' })).toEqual({ field: 'object_id', reason: 'must not be empty' });
  });
});

describe('payloads', () => {
  it('are kept as their JSON text', () => {
    expect(object({ payload: { side: 'demand', hits: [1, 2] } })).toMatchObject({
      payload: '{"side":"demand","hits":[1,2]}',
    });
  });

  it('that hold themselves are refused, and take no other row with them', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    expect(object({ payload: round })).toEqual({ field: 'payload', reason: 'cannot be written as JSON' });
  });

  it('have a largest size', () => {
    expect(object({ payload: ['x'.repeat(1_048_576)] })).toMatchObject({ field: 'payload' });
  });
});

describe('versions', () => {
  it('may be given as they are written, and no other', () => {
    expect(candle({ schema_version: 1 })).toMatchObject({ schema_version: 1 });
    expect(candle({ schema_version: 2 })).toEqual({
      field: 'schema_version',
      reason: 'is 2; this store writes version 1',
    });
  });
});

describe('edges of objects', () => {
  it.each([
    [{ y_min: 12, y_max: 10 }, 'y_min', '12 is above y_max (10)'],
    [{ t_end: openingBell - 1 }, 't_end', 'is before t_start'],
  ])('refuses %j', (change, field, reason) => {
    expect(object(change)).toEqual({ field, reason });
  });

  it('may lie at negative prices, which spreads have', () => {
    expect(object({ y_min: -3, y_max: -1 })).toMatchObject({ y_min: -3, y_max: -1 });
  });
});
