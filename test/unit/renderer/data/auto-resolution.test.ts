import { parseTimeframe } from '#shared/domain/timeframe';
import { DAY, epochMs, HOUR } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { autoTimeframe, barsOfOther } from '../../../../renderer/data/auto-resolution.ts';

const offered = ['1m', '5m', '15m', '1h', '4h', '1d'].map((text) => parseTimeframe(text)!);
const minutesOf = new Map(offered.map((timeframe, index) => [timeframe, [1, 5, 15, 60, 240, 1_440][index]!]));
/** What is shown of so many minutes on 1,000 pixels. */
const auto = (base: string, shown: string, minutes: number) => {
  const barsOf = (timeframe: string) => minutes / minutesOf.get(parseTimeframe(timeframe)!)!;
  const [from, now] = [parseTimeframe(base)!, parseTimeframe(shown)!];
  return autoTimeframe({ base: from, shown: now, offered, barsVisible: barsOf(now), widthPx: 1_000, barsOf });
};

describe('autoTimeframe', () => {
  it('keeps what is shown while bars can be told apart', () => {
    expect(auto('1m', '1m', 900)).toBe('1m');
  });

  it('goes to the shortest bars that are told apart with ease', () => {
    expect(auto('1m', '1m', 1_100)).toBe('5m');
    expect(auto('1m', '1m', 100_000)).toBe('4h');
    expect(auto('1m', '1m', 10_000_000)).toBe('1d');
  });

  it('does not go back at once where it came from', () => {
    for (let minutes = 1_001; minutes < 1_000_000; minutes *= 1.07) {
      const shown = auto('1m', '1m', minutes);
      expect(auto('1m', shown, minutes)).toBe(shown);
      expect(auto('1m', shown, minutes / 1.2)).toBe(shown);
    }
  });

  it('comes back to shorter bars, and never to shorter ones than were chosen', () => {
    expect(auto('1m', '15m', 300)).toBe('1m');
    expect(auto('15m', '1h', 300)).toBe('15m');
    expect(auto('15m', '5m', 300)).toBe('15m');
  });
});

describe('barsOfOther', () => {
  it('counts by the hours of the market', () => {
    const from = Date.UTC(2025, 8, 8, 8);
    const week = { from: epochMs(from), until: epochMs(from + 5 * DAY) };
    const barsOf = barsOfOther('us-equity', parseTimeframe('1m')!, 5 * 390, week);
    expect(barsOf(parseTimeframe('1d')!)).toBe(5);
    expect(barsOf(parseTimeframe('5m')!)).toBe(5 * 78);
  });

  it('counts by length where the market was closed', () => {
    const night = { from: epochMs(0), until: epochMs(HOUR) };
    expect(barsOfOther('us-equity', parseTimeframe('1m')!, 60, night)(parseTimeframe('5m')!)).toBe(12);
  });
});
