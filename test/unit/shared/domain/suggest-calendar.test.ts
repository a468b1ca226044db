import { expectedOpens, type CalendarId } from '#shared/domain/session-calendar';
import { suggestCalendar } from '#shared/domain/suggest-calendar';
import { parseTimeframe } from '#shared/domain/timeframe';
import { DAY, epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';

const [monday, half] = [Date.UTC(2025, 8, 8), 30 * MINUTE];

function opens(calendar: CalendarId, days: number): readonly number[] {
  const range = { from: epochMs(monday), until: epochMs(monday + days * DAY) };
  return [...expectedOpens(calendar, parseTimeframe('30m')!, range, 'extended')];
}

const suggested = (ts: readonly number[], now: CalendarId = 'crypto') =>
  suggestCalendar({ ts, barLength: half }, now);

describe('suggestCalendar', () => {
  it('knows the hours of US equities and the week of FX', () => {
    expect(suggested(opens('us-equity', 12))).toBe('us-equity');
    expect(suggested(opens('fx', 12))).toBe('fx');
  });

  it('says nothing of a market that trades around the clock, or did so once', () => {
    expect(suggested(opens('crypto', 12))).toBeNull();
    expect(suggested([...opens('us-equity', 12), monday + 13 * DAY].sort((a, b) => a - b))).not.toBe(
      'us-equity',
    );
    expect(suggested([...opens('fx', 12), monday + 12.5 * DAY])).toBeNull();
  });

  it('waits for five days of bars', () => {
    expect(suggested(opens('us-equity', 4))).toBeNull();
    expect(suggested(opens('fx', 4))).toBeNull();
    expect(suggested([])).toBeNull();
  });

  it('leaves a calendar alone that somebody chose, and bars of days', () => {
    expect(suggested(opens('us-equity', 12), 'fx')).toBeNull();
    expect(suggestCalendar({ ts: [monday, monday + DAY], barLength: DAY }, 'crypto')).toBeNull();
  });
});
