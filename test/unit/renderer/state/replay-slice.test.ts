import type { Bars } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import { createClient } from '#shared/ipc';
import { epochMs, MINUTE } from '#shared/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../../renderer/state/store.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { fakeStore } from '../../../helpers/fake-store.ts';
import { flatBars } from '../../../helpers/flat-bars.ts';

const oneMinute = parseTimeframe('1m')!;
const start = Date.UTC(2025, 8, 2, 13, 30);
const at = (place: number) => start + place * MINUTE;
const event = (place: number, change: Partial<ObjectEvent> = {}): ObjectEvent =>
  chartObject({ event_ts: at(place), t_start: at(0), t_end: null, symbol: 'SPY', ...change });

/** A window on a store in memory, at the newest bar. `tick` runs the timer that is set. */
async function setup(places: readonly number[], events: readonly ObjectEvent[] = []) {
  const bars: Bars = flatBars(places.map(at));
  const fake = fakeStore({ series: [{ symbol: 'SPY', bars: new Map([[oneMinute, bars]]) }], events });
  let timer: (() => void) | null = null;
  const store = createWorkbenchStore(createClient(fake.bridge), (_delay, run) => {
    timer = run;
    return () => (timer = null);
  });
  await store.getState().catalog.load();
  store.getState().chart.open({ symbol: 'SPY', timeframe: oneMinute }, { kind: 'latest' });
  await until(() => store.getState().chart.window !== null);
  const state = () => store.getState();
  return {
    fake,
    state,
    places: () => Array.from(state().chart.window?.bars.ts ?? [], (ts) => (ts - start) / MINUTE),
    tick: () => timer?.(),
  };
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !holds(); turn += 1) await new Promise((resume) => setTimeout(resume));
  expect(holds()).toBe(true);
}

describe('replay', () => {
  it('begins with all that is known and goes back bar by bar, across gaps', async () => {
    const { state, places } = await setup([0, 1, 2, 60, 61]);
    await state().replay.enter();
    expect(state().chart.asOf).toBe(at(62));
    await state().replay.step('previous');
    expect(places()).toEqual([0, 1, 2, 60]);
    await state().replay.step('previous');
    expect(places()).toEqual([0, 1, 2]);
    expect(state().chart.asOf).toBe(at(3));
    await state().replay.step('next');
    expect(places()).toEqual([0, 1, 2, 60]);
  });

  it('says when there is no bar to step to, and stays', async () => {
    const { state, places } = await setup([0, 1]);
    await state().replay.moveTo(at(1));
    await state().replay.step('previous');
    expect(state().replay.missing).toBe('earlier-bar');
    expect(places()).toEqual([0]);
    await state().replay.step('next');
    await state().replay.step('next');
    expect(state().replay.missing).toBe('later-bar');
    expect(places()).toEqual([0, 1]);
  });

  it('shows an object as it stood, and jumps to when one changes', async () => {
    const { state } = await setup(
      [0, 1, 2, 3, 4, 5],
      [
        event(2, { object_id: 'a', reason: 'found' }),
        event(4, { object_id: 'a', reason: 'touched', action: 'update', sequence: 2 }),
      ],
    );
    const reasons = () => state().chart.window?.objects.map(({ reason }) => reason);
    await state().replay.moveTo(at(1));
    expect(reasons()).toEqual([]);
    await state().replay.jump('next');
    expect(state().chart.asOf).toBe(at(2));
    expect(reasons()).toEqual(['found']);
    await state().replay.jump('next');
    expect(reasons()).toEqual(['touched']);
    await state().replay.jump('next');
    expect(state().replay.missing).toBe('later-event');
    await state().replay.jump('previous');
    expect(reasons()).toEqual(['found']);
  });

  it('plays until the newest bar, and not a bar further when it is paused', async () => {
    const { state, places, tick } = await setup([0, 1, 2, 3]);
    await state().replay.moveTo(at(1));
    const playing = state().replay.play();
    await until(() => places().length === 2);
    state().replay.pause();
    tick();
    await playing;
    expect(places()).toEqual([0, 1]);
    const again = state().replay.play();
    await until(() => places().length === 3);
    tick();
    await until(() => places().length === 4);
    tick();
    await until(() => !state().replay.isPlaying);
    tick();
    await again;
    expect(state().replay.missing).toBe('later-bar');
  });

  it('shows only the last of instants that are asked for faster than they can be shown', async () => {
    const { state, fake } = await setup(Array.from({ length: 50 }, (_, place) => place));
    const asked = () => fake.questions.filter(({ asOf }) => asOf !== undefined).length;
    await Promise.all([10, 20, 30, 40].map((place) => state().replay.moveTo(at(place))));
    expect(state().chart.window?.asOf).toBe(at(40));
    expect(asked()).toBe(2);
  });

  it('gives the newest bars back when it is left', async () => {
    const { state, places } = await setup([0, 1, 2]);
    await state().replay.moveTo(at(1));
    await state().replay.leave();
    expect(places()).toEqual([0, 1, 2]);
    expect(state().chart.window?.asOf).toBeNull();
  });

  it('keeps the instant when another series is opened', async () => {
    const { state } = await setup([0, 1, 2, 3]);
    await state().replay.moveTo(at(2));
    state().chart.open({ symbol: 'SPY', timeframe: oneMinute }, { kind: 'around', at: epochMs(at(3)) });
    await until(() => state().chart.window?.placement.kind === 'around');
    expect(state().chart.window?.asOf).toBe(at(2));
    expect(state().chart.window?.bars.ts.length).toBe(2);
  });

  it('never shows a bar or an object from after the instant, however one moves', async () => {
    const moves = fc.array(
      fc.oneof(
        fc.constantFrom('next', 'previous', 'next-event', 'previous-event', 'play', 'leave'),
        fc.integer({ min: -5, max: 140 }),
      ),
      { minLength: 1, maxLength: 12 },
    );
    const sparse = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sparse, sparse, moves, async (bars, changes, steps) => {
        const sorted = (places: readonly number[]) => [...places].sort((a, b) => a - b);
        const { state, tick } = await setup(
          sorted(bars),
          sorted(changes).map((place, index) =>
            event(place, { object_id: `zone-${place % 5}`, sequence: index }),
          ),
        );
        for (const move of steps) {
          const { replay } = state();
          if (typeof move === 'number') await replay.moveTo(at(move));
          else if (move === 'leave') await replay.leave();
          else if (move === 'play') {
            const playing = replay.play();
            await new Promise((resume) => setTimeout(resume));
            replay.pause();
            tick();
            await Promise.race([playing, new Promise((resume) => setTimeout(resume, 5))]);
          } else if (move === 'next' || move === 'previous') await replay.step(move);
          else await replay.jump(move === 'next-event' ? 'next' : 'previous');
          const { window } = state().chart;
          const asOf = window?.asOf ?? Infinity;
          for (const ts of window?.bars.ts ?? []) {
            expect(ts + timeframeLength(oneMinute)).toBeLessThanOrEqual(asOf);
          }
          for (const { event_ts } of window?.objects ?? []) expect(event_ts).toBeLessThanOrEqual(asOf);
        }
      }),
      { numRuns: 30 },
    );
  });
});
