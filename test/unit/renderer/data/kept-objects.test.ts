import { expect, it } from 'vitest';
import { keptObjects } from '../../../../renderer/data/kept-objects.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

it('has what was there in the same state, and what is new or has changed since', () => {
  const before = [chartObject({ object_id: 'same' }), chartObject({ object_id: 'changed', sequence: 1 })];
  const after = [
    chartObject({ object_id: 'new' }),
    chartObject({ object_id: 'same' }),
    chartObject({ object_id: 'changed', sequence: 2 }),
  ];
  const kept = keptObjects(after, before);
  expect(kept).toEqual(after);
  expect(kept[1]).toBe(before[0]);
  expect(kept[2]).toBe(after[2]);
});
