import { candles } from '#schemas/datasets/candles';
import { jsonSchemaOf } from '#schemas/json-schema';
import { datasets } from '#schemas/index';
import { validateRow } from '#schemas/validate-row';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goodRows } from '../../helpers/arbitrary-rows.ts';
import { candleRow } from '../../helpers/rows.ts';

describe.each(datasets)('jsonSchemaOf $name', (dataset) => {
  const isValid = new Ajv2020({ strict: true, strictTypes: false }).compile(jsonSchemaOf(dataset));
  const isTaken = (row: unknown) => validateRow(dataset, row, 'UTC').ok;

  it('takes every row that the store takes', () => {
    fc.assert(
      fc.property(goodRows(dataset), (row) => {
        expect(isTaken(row)).toBe(true);
        expect(isValid(row), JSON.stringify(isValid.errors)).toBe(true);
      }),
    );
  });

  it('takes what the store keeps, as it is read back', () => {
    fc.assert(
      fc.property(goodRows(dataset), (row) => {
        const verdict = validateRow(dataset, row, 'UTC');
        const values = verdict.ok ? verdict.row : [];
        expect(
          isValid(Object.fromEntries(Object.keys(dataset.columns).map((name, at) => [name, values[at]]))),
        ).toBe(true);
      }),
    );
  });

  it('agrees with the store about every field alone', () => {
    const field = fc.constantFrom(...Object.keys(dataset.columns), 'unheard of');
    const value = fc.oneof(
      fc.constantFrom<unknown>(...hostile),
      fc.jsonValue(),
      fc.string({ unit: 'grapheme' }),
      fc.double(),
    );
    fc.assert(
      fc.property(goodRows(dataset), field, value, (row, name, given) => {
        const changed = { ...row, [name]: given };
        // Half a character, a day that is in no calendar and what ties fields together are for the store alone.
        if (isTaken(changed)) expect(isValid(changed), JSON.stringify(isValid.errors)).toBe(true);
        else if (!isTiedToOthers(name, given))
          expect(isValid(changed), `${name}: ${JSON.stringify(given)}`).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('asks for the same fields', () => {
    for (const name of Object.keys(dataset.columns)) {
      fc.assert(
        fc.property(goodRows(dataset), (row) => {
          const cut = Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));
          expect(isValid(cut)).toBe(isTaken(cut));
        }),
        { numRuns: 20 },
      );
    }
  });

  it('says what every field means', () => {
    const { properties } = jsonSchemaOf(dataset) as { properties: Record<string, { description: string }> };
    expect(Object.values(properties).every(({ description }) => description.endsWith('.'))).toBe(true);
  });
});

describe('jsonSchemaOf', () => {
  it('is refused by name where a row comes without any time', () => {
    const isValid = new Ajv2020({ strictTypes: false }).compile(jsonSchemaOf(candles));
    expect(isValid(candleRow({ ts: null }))).toBe(false);
    expect(isValid(candleRow({ ts: null, ts_iso: '2025-09-02T13:30:00' }))).toBe(true);
  });
});

const hostile = [
  null,
  true,
  [],
  {},
  '',
  0,
  -1,
  1,
  1.5,
  2 ** 53,
  'CON',
  'con.txt',
  '../../etc',
  'A/..',
  'A B',
  'ü',
  'A'.repeat(65),
  'BRK/B',
  '5M',
  '05m',
  'zone',
  'create',
  '2025-09-02T13:30:00.000Z',
  '2025-09-02t13:30:00z',
  '2025-9-2',
  '1756819800000',
  1_756_819_800,
];

const numbers = ['open', 'high', 'low', 'close', 'y_min', 'y_max'];
const times = ['ts', 'ts_iso', 'event_ts', 'event_ts_iso', 't_start', 't_end'];

/** Whether what is wrong with a value may show only beside other fields, on a calendar or in UTF-8. */
function isTiedToOthers(name: string, value: unknown): boolean {
  if (numbers.includes(name)) return typeof value === 'number' && Number.isFinite(value);
  if (times.includes(name))
    return (
      (typeof value === 'string' || typeof value === 'number') &&
      /^(\d{4}-\d{2}-\d{2}|-?\d{9,20}$)/.test(String(value))
    );
  if (name === 'timeframe') return true;
  return typeof value === 'string' && /\p{Surrogate}/u.test(value);
}
