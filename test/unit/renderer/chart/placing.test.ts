import { epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { narrowed, placeAsBefore, placeAt, zoomed } from '../../../../renderer/chart/placing.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const scaleOf = (count: number, fromMinute = 0, step: number = MINUTE) => ({
  ts: evenBars(count, step, fromMinute * MINUTE).ts,
  barLength: step,
});

describe('placeAt', () => {
  it('puts the newest bar near the right edge', () => {
    expect(placeAt({ kind: 'latest' }, scaleOf(500), 100, 100)).toEqual({ from: 405, to: 505 });
  });

  it('puts a moment in the middle and keeps how much is shown', () => {
    const target = { kind: 'around', at: epochMs(250 * MINUTE) } as const;
    expect(placeAt(target, scaleOf(500), 80, 100)).toEqual({ from: 210, to: 290 });
  });

  it('keeps the span when the timeframe changes', () => {
    const fifteen = scaleOf(100, 0, 15 * MINUTE);
    const target = { kind: 'range', from: 300 * MINUTE, until: 600 * MINUTE } as const;
    expect(placeAt(target, fifteen, 300, 100)).toEqual({ from: 20, to: 40 });
  });

  it('widens a view of too few bars round its middle', () => {
    const target = { kind: 'range', from: 100 * MINUTE, until: 102 * MINUTE } as const;
    expect(placeAt(target, scaleOf(500), 300, 100)).toEqual({ from: 95, to: 107 });
  });

  it('leaves no more room beyond the newest bar than a fifth of the screen, and a few bars', () => {
    const days = { kind: 'range', from: 0, until: 9_000 * MINUTE } as const;
    expect(placeAt(days, scaleOf(401), 300, 100)).toEqual({ from: 0, to: 506 });
  });

  it('leaves no more room before the first bar than a fifth of the screen, and a few bars', () => {
    const days = { kind: 'range', from: -9_000 * MINUTE, until: 400 * MINUTE } as const;
    expect(placeAt(days, scaleOf(400), 300, 100)).toEqual({ from: -106, to: 400 });
  });

  it.each([{ kind: 'latest' }, { kind: 'range', from: -9_000 * MINUTE, until: 6 * MINUTE }] as const)(
    'shows a single bar so that it is seen, at $kind',
    (target) => {
      const { from, to } = placeAt(target, scaleOf(1), 100, 100);
      expect(from < 0 && to > 0 && to - from >= 12 && to - from <= 50).toBe(true);
    },
  );
});

describe('narrowed', () => {
  it('keeps the middle of what is too wide, and the newest bar if that shows', () => {
    expect(narrowed({ from: 0, to: 1_000 }, 100, 2_000)).toEqual({ from: 450, to: 550 });
    expect(narrowed({ from: 0, to: 1_000 }, 100, 990)).toEqual({ from: 900, to: 1_000 });
  });
});

describe('zoomed', () => {
  it('keeps the middle of the past', () => {
    expect(zoomed({ from: 100, to: 200 }, 2, 500)).toEqual({ from: 50, to: 250 });
  });

  it('keeps the newest bar where it is', () => {
    expect(zoomed({ from: 400, to: 510 }, 2, 500)).toEqual({ from: 290, to: 510 });
  });
});

describe('placeAsBefore', () => {
  const range = { from: 10, to: 60 };

  it('moves by as many bars as came on the left', () => {
    const [before, after] = [scaleOf(100, 500), scaleOf(400, 200)];
    expect(placeAsBefore(range, before, after, false)).toEqual({ from: 310, to: 360 });
  });

  it('stays when bars come on the right of what is looked at', () => {
    expect(placeAsBefore(range, scaleOf(100), scaleOf(140), false)).toEqual(range);
  });

  it('moves on with new bars while the newest one is in sight', () => {
    const atEnd = { from: 50, to: 105 };
    expect(placeAsBefore(atEnd, scaleOf(100), scaleOf(103), true)).toEqual({ from: 53, to: 108 });
  });

  it('goes by time when the bar it held on to is gone', () => {
    const withoutMiddle = { ts: [...scaleOf(30).ts, ...scaleOf(60, 40).ts], barLength: MINUTE };
    expect(placeAsBefore(range, scaleOf(100), withoutMiddle, false)).toEqual({ from: 5, to: 55 });
  });
});
