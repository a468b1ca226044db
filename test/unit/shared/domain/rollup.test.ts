import { rollupSources, sourceTimeframe } from '#shared/domain/rollup';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { describe, expect, it } from 'vitest';

const timeframes = (...texts: readonly string[]) => texts.flatMap((text) => parseTimeframe(text) ?? []);
const [hour, minute] = timeframes('1h', '1m') as [Timeframe, Timeframe];

describe('sourceTimeframe', () => {
  it('is the shortest stored timeframe that divides the one wanted', () => {
    expect(sourceTimeframe(hour, timeframes('15m', '7m', '5m'))).toBe('5m');
  });

  it('is nothing where none does, or only longer ones are stored', () => {
    expect(sourceTimeframe(hour, timeframes('7m', '4h'))).toBeNull();
    expect(sourceTimeframe(minute, timeframes('5m'))).toBeNull();
  });
});

describe('rollupSources', () => {
  it('names each timeframe that is not stored with what it is made of', () => {
    expect([...rollupSources(timeframes('2m', '15m'))]).toEqual([
      ['1h', '2m'],
      ['4h', '2m'],
      ['1d', '2m'],
    ]);
  });

  it('is empty for a symbol of long bars alone', () => {
    expect([...rollupSources(timeframes('1d'))]).toEqual([]);
  });
});
