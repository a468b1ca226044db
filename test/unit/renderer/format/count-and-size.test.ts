import { describe, expect, it } from 'vitest';
import { formatCount, formatShortCount } from '../../../../renderer/format/count.ts';
import { formatExactSize, formatSize } from '../../../../renderer/format/size.ts';

describe('formatCount', () => {
  it('writes every digit', () => {
    expect(formatCount(8341)).toBe('8,341');
  });
});

describe('formatShortCount', () => {
  it('keeps three digits', () => {
    expect([0, 16.42, 950, 6_960, 654_321, 1_910_000, 3.2e9].map(formatShortCount)).toEqual([
      '0',
      '16.4',
      '950',
      '6,960',
      '654 K',
      '1.91 M',
      '3.2 B',
    ]);
  });

  it('writes a dash for what is no number', () => {
    expect(formatShortCount(Number.NaN)).toBe('–');
  });
});

describe('formatSize', () => {
  it('counts in steps of 1,024', () => {
    expect([0, 512, 1_536, 12_345_678, 1.3e9].map(formatSize)).toEqual([
      '0 B',
      '512 B',
      '1.5 KiB',
      '11.8 MiB',
      '1.2 GiB',
    ]);
  });

  it('has the exact size beside it', () => {
    expect(formatExactSize(12_345_678)).toBe('12,345,678 bytes');
  });
});
