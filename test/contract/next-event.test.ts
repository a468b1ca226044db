import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../helpers/open-test-store.ts';
import { objectRow, openingBell } from '../helpers/rows.ts';

const minute = 60_000;

describe('the nearest event of a symbol', () => {
  it('is strictly later, or strictly earlier', async () => {
    const { appendObjects, client, compact } = await openTestStore();
    const at = (place: number) => openingBell + place * minute;
    await appendObjects(
      objectRow({ event_ts: at(0) }),
      objectRow({ event_ts: at(4), action: 'update', sequence: 2 }),
    );
    await compact();
    await appendObjects(
      objectRow({ event_ts: at(9), action: 'close', sequence: 3, t_end: at(9) }),
      objectRow({ symbol: 'QQQ', object_id: 'other', event_ts: at(2) }),
    );
    const next = (place: number) =>
      client.objects.nextEvent({ symbol: 'SPY', at: at(place), direction: 'next' });
    const previous = (place: number) =>
      client.objects.nextEvent({ symbol: 'SPY', at: at(place), direction: 'previous' });
    expect(await next(-1)).toBe(at(0));
    expect(await next(0)).toBe(at(4));
    expect(await next(4)).toBe(at(9));
    expect(await next(9)).toBeNull();
    expect(await previous(9)).toBe(at(4));
    expect(await previous(0)).toBeNull();
    expect(await client.objects.nextEvent({ symbol: 'NONE', at: at(0), direction: 'next' })).toBeNull();
  });

  it('leaves no event out, whichever way one goes', async () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(places, async (given) => {
        const { appendObjects, client, close } = await openTestStore();
        const times = given.map((place) => openingBell + place * minute);
        await appendObjects(
          ...times.map((event_ts, index) => objectRow({ event_ts, object_id: `zone-${index}` })),
        );
        const walk = async (from: number, direction: 'next' | 'previous') => {
          const met: number[] = [];
          for (let at: number | null = from; at !== null;) {
            at = await client.objects.nextEvent({ symbol: 'SPY', at, direction });
            if (at !== null) met.push(at);
          }
          return met;
        };
        const sorted = [...times].sort((a, b) => a - b);
        expect(await walk(openingBell - 1, 'next')).toEqual(sorted);
        expect(await walk(openingBell + 501 * minute, 'previous')).toEqual(sorted.reverse());
        await close();
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
