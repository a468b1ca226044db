import { DAY, HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import {
  drawBreaks,
  drawDayNames,
  drawExtended,
} from '../../../../../renderer/chart/primitives/sessions/draw-sessions.ts';
import { placeBreaks } from '../../../../../renderer/chart/primitives/sessions/place-breaks.ts';
import { sessionMarks } from '../../../../../renderer/chart/primitives/sessions/session-marks.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { palette } from '../../../../helpers/palette.ts';

/** Hours of New York in the summer of 2025, as [day of September or, below 1, of August, hour]. */
const summer = (...opens: readonly (readonly [number, number])[]) => ({
  ts: opens.map(([day, hour]) => Date.UTC(2025, 8, day, hour + 4)),
  barLength: HOUR,
});
const readings = (scale: Parameters<typeof sessionMarks>[0], calendar: Parameters<typeof sessionMarks>[1]) =>
  sessionMarks(scale, calendar).breaks.map(({ index, reading }) => [index, reading]);

describe('sessionMarks', () => {
  it('breaks between trading days, and says why the market was closed', () => {
    expect(readings(summer([2, 14], [2, 15], [3, 10]), 'us-equity')).toEqual([
      [2, 'Wed Sep 3 · closed 8 h: Overnight'],
    ]);
    expect(readings(summer([-2, 15], [2, 10]), 'us-equity')).toEqual([
      [1, 'Tue Sep 2 · closed 3 d 8 h: Weekend, Labor Day'],
    ]);
  });

  it('names a half day', () => {
    const hours = { ts: [Date.UTC(2025, 10, 26, 20), Date.UTC(2025, 10, 28, 15)], barLength: HOUR };
    expect(readings(hours, 'us-equity')[0]?.[1]).toMatch(/^Fri Nov 28 .*Thanksgiving.* · Half day: /);
  });

  it('counts trading days that have no bars', () => {
    expect(readings(summer([2, 15], [5, 10]), 'us-equity')[0]?.[1]).toMatch(
      / · 2 trading days without bars$/,
    );
  });

  it('breaks where a day of the market begins, not where one of the calendar does', () => {
    const evening = summer([2, 15], [2, 16], [2, 17], [2, 23], [3, 0]);
    expect(sessionMarks(evening, 'fx').breaks.map(({ index, label }) => [index, label])).toEqual([
      [2, 'Wed Sep 3'],
    ]);
    expect(sessionMarks(summer([2, 19], [2, 20], [2, 21]), 'crypto').breaks).toEqual([
      { index: 1, label: 'Wed Sep 3', reading: 'Wed Sep 3' },
    ]);
  });

  it('keeps apart what is outside regular hours', () => {
    const hours = {
      ts: [7, 8, 9.5, 15, 16, 17].map((hour) => Date.UTC(2025, 8, 2, 4) + hour * HOUR),
      barLength: 30 * MINUTE,
    };
    expect(sessionMarks(hours, 'us-equity').extended).toEqual([
      { first: 0, end: 2 },
      { first: 4, end: 6 },
    ]);
    expect(sessionMarks(hours, 'crypto').extended).toEqual([]);
  });

  it('marks nothing where every bar is a day', () => {
    const days = { ts: [1, 2, 3].map((day) => Date.UTC(2025, 8, day)), barLength: DAY };
    expect(sessionMarks(days, 'us-equity')).toEqual({ breaks: [], extended: [] });
  });
});

describe('placeBreaks', () => {
  const at = (...xs: readonly number[]) => xs.map((x) => ({ x, label: `day ${x}` }));
  const labels = (xs: readonly number[]) =>
    placeBreaks(at(...xs), 500).map(({ x, labelX, label }) => [x, labelX, label]);

  it('names the day that began left of the screen at its edge, whole', () => {
    expect(labels([-300, -30, 200])).toEqual([
      [null, 0, 'day -30'],
      [200, 200, 'day 200'],
    ]);
    expect(labels([-30])).toEqual([[null, 0, 'day -30']]);
  });

  it('leaves a name out where the next day leaves no room for it', () => {
    expect(labels([-30, 40, 90])).toEqual([
      [null, 0, null],
      [40, 40, null],
      [90, 90, 'day 90'],
    ]);
  });

  it('shows none where days lie too close to be told apart', () => {
    expect(labels([10, 20, 30])).toEqual([]);
    expect(labels([600])).toEqual([]);
  });
});

describe('what is painted of sessions', () => {
  it('is a dotted line with the day at its foot', () => {
    const { canvas, log } = drawLog();
    const breaks = [
      { x: null, labelX: 0, label: 'Mon Sep 1' },
      { x: 10.4, labelX: 10.4, label: 'Tue Sep 2' },
      { x: 40, labelX: 40, label: null },
    ];
    drawBreaks(canvas, breaks, 9, { x: 1, y: 1 }, palette);
    drawDayNames(canvas, breaks, 9, { x: 1, y: 1 }, palette);
    expect(log).toEqual([
      'fill breaks',
      'rect 10,0 1×3',
      'rect 10,6 1×3',
      'rect 40,0 1×3',
      'rect 40,6 1×3',
      'fill muted',
      'rim "Mon Sep 1" 4,6',
      'text "Mon Sep 1" 4,6',
      'rim "Tue Sep 2" 14,6',
      'text "Tue Sep 2" 14,6',
    ]);
  });

  it('is a tint over extended hours, at least one pixel wide', () => {
    const { canvas, log } = drawLog();
    drawExtended(
      canvas,
      [
        { left: 2, right: 12 },
        { left: 20, right: 20.2 },
      ],
      50,
      { x: 2, y: 2 },
      palette,
    );
    expect(log).toEqual(['fill extended', 'rect 4,0 20×100', 'rect 40,0 1×100']);
  });
});
