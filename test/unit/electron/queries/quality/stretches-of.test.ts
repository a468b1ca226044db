import { sessionDayRange, type CalendarId } from '#shared/domain/session-calendar';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stretchesOf } from '../../../../../electron/queries/quality/stretches-of.ts';

const hour = 3_600_000;
const tf = (text: string) => parseTimeframe(text) as Timeframe;

describe('stretchesOf', () => {
  it('parts a range without a gap, between trading days, into no more bars than fit in memory', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<CalendarId>('us-equity', 'fx', 'crypto'),
        fc.constantFrom('10s', '1m', '5m', '1h'),
        fc.integer({ min: Date.UTC(2019, 0, 1) / hour, max: Date.UTC(2024, 0, 1) / hour }),
        fc.integer({ min: 1, max: 900 * 24 }),
        (calendar, timeframe, firstHour, hours) => {
          const range = { from: firstHour * hour, until: (firstHour + hours) * hour };
          const stretches = stretchesOf(calendar, tf(timeframe), range);
          expect(stretches[0]?.from).toBe(range.from);
          expect(stretches.at(-1)?.until).toBe(range.until);
          stretches.slice(1).forEach(({ from }, index) => {
            expect(from).toBe(stretches[index]?.until);
            expect(sessionDayRange(calendar, from).from).toBe(from);
          });
          const longest = Math.max(...stretches.map(({ from, until }) => until - from));
          expect(longest).toBeLessThanOrEqual((timeframe === '10s' ? 33 : 370) * 24 * hour);
        },
      ),
    );
  });

  it('takes days and weeks at once', () => {
    const range = { from: 0, until: Date.UTC(2025, 0, 1) };
    expect(stretchesOf('us-equity', tf('1d'), range)).toEqual([range]);
  });
});
