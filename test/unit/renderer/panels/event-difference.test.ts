import { describe, expect, it } from 'vitest';
import { eventDifference } from '../../../../renderer/panels/inspector/event-difference.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

describe('eventDifference', () => {
  it('tells nothing of the first event', () => {
    expect(eventDifference(null, chartObject())).toEqual([]);
  });

  it('tells each field that changed, within the payload too', () => {
    const before = chartObject({ payload: { touches: 1, label: 'Demand' } });
    const after = chartObject({
      y_max: 22,
      sequence: 1,
      event_ts: 5,
      payload: { touches: 2, label: 'Demand' },
    });
    expect(eventDifference(before, after)).toEqual([
      { field: 'y_max', before: 20, after: 22 },
      { field: 'payload.touches', before: 1, after: 2 },
    ]);
  });

  it('tells fields that came and went', () => {
    const changes = eventDifference(chartObject({ payload: { a: 1 } }), chartObject({ payload: { b: [1] } }));
    expect(changes).toEqual([
      { field: 'payload.a', before: 1, after: undefined },
      { field: 'payload.b', before: undefined, after: [1] },
    ]);
  });

  it('tells a payload that turned from text into an object', () => {
    expect(eventDifference(chartObject({ payload: 'old' }), chartObject({ payload: { a: 1 } }))).toEqual([
      { field: 'payload', before: 'old', after: undefined },
      { field: 'payload.a', before: undefined, after: 1 },
    ]);
  });
});
