import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../../../electron/ingest/split-lines.ts';

function linesOf(pieces: readonly string[], longest = 100): readonly string[] {
  const splitter = createLineSplitter(longest);
  return [...pieces.flatMap((piece) => splitter.take(piece)), splitter.rest()];
}

describe('createLineSplitter', () => {
  it('finds the same lines wherever the text is cut into pieces', () => {
    const text = 'one\r\n\ntwo\u2028still two\nthree';
    const whole = ['one\r', '', 'two\u2028still two', 'three'];
    expect(linesOf([text])).toEqual(whole);
    expect(linesOf(Array.from(text))).toEqual(whole);
  });

  it('keeps only the beginning of a line that never ends, and the lines behind it', () => {
    const pieces = [...Array.from({ length: 1_000 }, () => 'x'.repeat(50)), 'x\nnext\n'];
    const [long = '', ...others] = linesOf(pieces, 60);
    expect(long.length).toBeLessThan(200);
    expect(long.length).toBeGreaterThan(60);
    expect(others).toEqual(['next', '']);
  });
});
