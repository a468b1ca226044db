import { describe, expect, it } from 'vitest';
import { fileFault } from '../../../../electron/engine/file-fault.ts';

describe('fileFault', () => {
  it.each([
    [
      "Invalid Input Error: No magic bytes found at end of file '/a.parquet'",
      'it is cut short, or is no Parquet file',
    ],
    [
      "Invalid Input Error: File '/a.parquet' too small to be a Parquet file\n\nLINE 1: SELECT",
      'it is cut short, or is no Parquet file',
    ],
    ['Invalid Input Error: Failed to read file "/a.parquet": ZSTD Decompression failure', 'it is damaged'],
    ['Invalid Error: Out of buffer', 'it is damaged'],
    ['IO Error: Cannot open file "/a.parquet": Permission denied', 'reading it is not permitted'],
    ['IO Error: No files found that match the pattern "/a.parquet"', 'it is not there'],
    ['Binder Error: Referenced column "x" not found\nLINE 1: SELECT x', 'it has no column x'],
  ])('says of %j that %s', (message, words) => {
    expect(fileFault(new Error(message))).toBe(words);
  });
});
