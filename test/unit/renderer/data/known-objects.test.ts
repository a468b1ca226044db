import { describe, expect, it } from 'vitest';
import { eventsBy, stateAsOf } from '../../../../renderer/data/known-objects.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

const [made, touched, ended] = [10, 20, 30].map((event_ts, index) =>
  chartObject({ object_id: 'a', event_ts, sequence: index + 1 }),
) as [ReturnType<typeof chartObject>, ReturnType<typeof chartObject>, ReturnType<typeof chartObject>];
const history = [made, touched, ended];

describe('what was known of an object', () => {
  it('is every event when there is no instant', () => {
    expect(eventsBy(history, null)).toEqual(history);
    expect(stateAsOf(made, history, null)).toBe(ended);
  });

  it('ends with the last event by then, the instant itself included', () => {
    expect(eventsBy(history, 20)).toEqual([made, touched]);
    expect(stateAsOf(ended, history, 20)).toBe(touched);
  });

  it('is nothing before it was made', () => {
    expect(stateAsOf(ended, history, 9)).toBeNull();
  });

  it('is not told by a later state while the history is not read', () => {
    expect(stateAsOf(ended, null, 20)).toBeNull();
    expect(stateAsOf(made, null, 20)).toBe(made);
  });

  it('is not told by the history of another object', () => {
    expect(stateAsOf(made, [chartObject({ object_id: 'b', event_ts: 15 })], 20)).toBe(made);
  });
});
