import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BarMemory, type BarRoom } from '../../../../electron/queries/bar-memory.ts';

const lengthOf = ({ pieces }: BarRoom) => pieces.reduce((sum, { ts }) => sum + ts.length, 0);
const buffersOf = ({ pieces }: BarRoom) => new Set(pieces.map(({ ts }) => ts.buffer));

describe('BarMemory', () => {
  it('never has two rooms in one place, whatever was taken and given back before', () => {
    const counts = fc.array(fc.integer({ min: -4, max: 40_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(counts, (steps) => {
        const memory = new BarMemory();
        const taken: { readonly room: BarRoom; readonly mark: number; readonly count: number }[] = [];
        steps.forEach((step, mark) => {
          const [given] = step < 0 ? taken.splice(-step % Math.max(1, taken.length), 1) : [];
          if (given !== undefined) memory.giveBack(given.room);
          if (step < 0) return;
          const room = memory.take(step);
          for (const { ts, volume } of room.pieces) {
            ts.fill(mark);
            volume.fill(mark);
          }
          taken.push({ room, mark, count: step });
        });
        for (const { room, mark, count } of taken) {
          expect(lengthOf(room)).toBe(count);
          const isMarked = (values: Float64Array) => values.every((value) => value === mark);
          expect(room.pieces.every(({ ts, volume }) => isMarked(ts) && isMarked(volume))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes what was given back before it asks for more', () => {
    const memory = new BarMemory();
    const first = memory.take(30_000);
    memory.giveBack(first);
    expect(buffersOf(memory.take(20_000))).toEqual(buffersOf(first));
    expect(buffersOf(memory.take(10_000))).toEqual(buffersOf(first));
  });

  it('has one piece for neighbours', () => {
    expect(new BarMemory().take(8_190).pieces).toHaveLength(1);
  });
});
