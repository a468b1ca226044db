import { describe, expect, it } from 'vitest';
import { tickWeight } from '../../../../renderer/chart/tick-weight.ts';

const at = (iso: string) => Date.parse(iso);
const weight = (before: string, now: string, zone: string) => tickWeight(at(before), at(now), zone);
const [newYork, utc] = ['America/New_York', 'UTC'] as const;

describe('tickWeight', () => {
  it('begins the day at midnight of the zone', () => {
    const [before, midnight] = ['2025-09-03T03:55Z', '2025-09-03T04:00Z'] as const;
    expect(weight(before, midnight, newYork)).toBe(50);
    expect(weight(before, midnight, utc)).toBeLessThan(50);
  });

  it('begins a day with its first bar after a night without bars', () => {
    expect(weight('2025-09-02T20:00Z', '2025-09-03T13:30Z', newYork)).toBe(50);
  });

  it('puts months above days and years above months', () => {
    expect(weight('2025-09-30T20:00Z', '2025-10-01T13:30Z', newYork)).toBe(60);
    expect(weight('2025-12-31T20:00Z', '2026-01-02T14:30Z', newYork)).toBe(70);
  });

  it('puts whole hours above half hours', () => {
    expect(weight('2025-09-02T13:55Z', '2025-09-02T14:00Z', newYork)).toBeGreaterThan(
      weight('2025-09-02T13:25Z', '2025-09-02T13:30Z', newYork),
    );
  });
});
