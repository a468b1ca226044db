import type { FieldCondition, ObjectFilter } from '#shared/domain/object-filter';
import { describe, expect, it } from 'vitest';
import { facetsOf } from '../../../../renderer/data/object-facets.ts';
import {
  filteredTypes,
  noFilter,
  noFilters,
  passesFilter,
  shownObjects,
} from '../../../../renderer/data/object-filter.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

const objects = [
  chartObject({
    object_id: 'fresh',
    t_end: null,
    payload: { side: 'demand', status: 'Fresh', strength: 2.5 },
  }),
  chartObject({ object_id: 'broken', timeframe: '15M', payload: { side: 'supply', status: 'broken' } }),
  chartObject({ object_id: 'strange', payload: 'text' }),
];
const passing = (filter: Partial<ObjectFilter>) =>
  objects
    .filter((object) => passesFilter(object, { ...noFilter, ...filter }))
    .map(({ object_id }) => object_id);
const meeting = (condition: Partial<FieldCondition>) =>
  passing({ condition: { field: 'strength', test: 'is', value: '', ...condition } });

describe('passesFilter', () => {
  it('lets everything pass while nothing is chosen', () => {
    expect(passing({})).toEqual(['fresh', 'broken', 'strange']);
  });

  it('chooses by what objects say they are, whatever their spelling', () => {
    expect(passing({ kinds: ['demand'] })).toEqual(['fresh']);
    expect(passing({ timeframes: ['15m'] })).toEqual(['broken']);
  });

  it('chooses by whether they are open and by their own status, any of which is enough', () => {
    expect(passing({ statuses: ['closed'] })).toEqual(['broken', 'strange']);
    expect(passing({ statuses: ['open', 'broken'] })).toEqual(['fresh', 'broken']);
  });

  it('wants all of what is chosen', () => {
    expect(passing({ kinds: ['demand'], statuses: ['closed'] })).toEqual([]);
  });

  it('compares a field of the payload as text and as a number', () => {
    expect(meeting({ value: '2.50' })).toEqual(['fresh']);
    expect(meeting({ test: 'at-least', value: '2' })).toEqual(['fresh']);
    expect(meeting({ test: 'at-most', value: '2' })).toEqual([]);
    expect(meeting({ field: 'status', test: 'contains', value: 'FR' })).toEqual(['fresh']);
  });

  it('holds nothing back while a condition is being typed', () => {
    expect(meeting({ value: ' ' })).toHaveLength(3);
    expect(meeting({ field: '', value: '2' })).toHaveLength(3);
  });

  it('finds fields within fields, and fields with a dot in their name', () => {
    const nested = chartObject({ payload: { pole: { p0: 10 }, 'a.b': 'x' } });
    const meets = (field: string, value: string) =>
      passesFilter(nested, { ...noFilter, condition: { field, test: 'is', value } });
    expect([
      meets('pole.p0', '10'),
      meets('a.b', 'x'),
      meets('pole.p1', '10'),
      meets('toString', 'x'),
    ]).toEqual([true, true, false, false]);
  });
});

describe('shownObjects', () => {
  const on = { zone: true, level: true, marker: true, flag: true };

  it('leaves out layers that are off and what their filters hold back', () => {
    const all = [...objects, chartObject({ object_id: 'flag', object_type: 'flag' })];
    const filters = { ...noFilters, zone: { ...noFilter, kinds: ['supply'] } };
    expect(shownObjects(all, on, filters).map(({ object_id }) => object_id)).toEqual(['broken', 'flag']);
    expect(shownObjects(all, { ...on, zone: false }, filters).map(({ object_id }) => object_id)).toEqual([
      'flag',
    ]);
    expect(filteredTypes(filters)).toEqual(['zone']);
  });
});

describe('facetsOf', () => {
  it('counts the values that objects have, and names the fields of their payloads', () => {
    expect(facetsOf(objects)).toEqual({
      kinds: [
        { value: 'demand', count: 1 },
        { value: 'supply', count: 1 },
      ],
      statuses: [
        { value: 'closed', count: 2 },
        { value: 'broken', count: 1 },
        { value: 'fresh', count: 1 },
        { value: 'open', count: 1 },
      ],
      timeframes: [
        { value: '5m', count: 2 },
        { value: '15m', count: 1 },
      ],
      fields: ['side', 'status', 'strength'],
    });
  });
});
