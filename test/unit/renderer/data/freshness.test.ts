import { DAY, HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { freshness } from '../../../../renderer/data/freshness.ts';

/** A Friday at the closing bell of New York. */
const bell = Date.UTC(2025, 8, 26, 20);
const after = (age: number, change: { isDemo?: boolean; calendar?: 'us-equity' | 'crypto' } = {}) =>
  freshness({
    closedAt: bell,
    barLength: 5 * MINUTE,
    now: bell + age,
    isDemo: false,
    calendar: 'us-equity',
    zone: 'UTC',
    ...change,
  });

describe('how fresh the newest bar is', () => {
  it('is nothing to worry about while the next one cannot be there', () => {
    expect(after(0)).toBe('up to date');
    expect(after(5 * MINUTE)).toBe('up to date');
  });

  it('is not a lag while the market is closed', () => {
    expect(after(DAY)).toBe('market closed (Weekend), newest bar 1 d old');
    expect(after(DAY, { calendar: 'crypto' })).toBe('newest bar 1 d old');
  });

  it('is a lag once there should have been a session', () => {
    expect(after(4 * DAY + 8 * HOUR)).toBe('newest bar 4 d 8 h old');
  });

  it('is no lag of demo data, which only ends somewhere', () => {
    expect(after(400 * DAY, { isDemo: true })).toBe('ends 2025-09-26 20:00:00 UTC');
  });

  it('says so when bars are ahead of the clock', () => {
    expect(after(-1 * HOUR)).toBe('newest bar lies ahead, at 2025-09-26 20:00:00 UTC');
  });
});
