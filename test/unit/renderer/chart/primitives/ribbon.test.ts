import { describe, expect, it } from 'vitest';
import { drawRibbon } from '../../../../../renderer/chart/primitives/ribbon/draw-ribbon.ts';
import { ribbonRuns } from '../../../../../renderer/chart/primitives/ribbon/ribbon-runs.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';

const states = Float64Array.of(Number.NaN, 1, 1, -1, 1, 1);
const everything = { first: -5, last: 50 };

describe('ribbonRuns', () => {
  it('joins bars in the same state and leaves out those without one', () => {
    expect(ribbonRuns(states, everything)).toEqual([
      { first: 1, last: 2, state: 1 },
      { first: 3, last: 3, state: -1 },
      { first: 4, last: 5, state: 1 },
    ]);
  });

  it('has the bars on the screen only', () => {
    expect(ribbonRuns(states, { first: 2, last: 3 })).toEqual([
      { first: 2, last: 2, state: 1 },
      { first: 3, last: 3, state: -1 },
    ]);
  });
});

describe('drawRibbon', () => {
  const place = { x: (bar: number) => bar * 10, barWidth: 10, paneHeight: 100 };
  const runs = ribbonRuns(states, everything);

  it('lies along the bottom without a seam between runs', () => {
    const { canvas, log } = drawLog();
    drawRibbon(canvas, runs, 0, (state) => (state > 0 ? 'up' : 'down'), place, { x: 1, y: 1 });
    expect(log).toEqual([
      'fill up',
      'rect 5,94 20×5',
      'fill down',
      'rect 25,94 10×5',
      'fill up',
      'rect 35,94 20×5',
    ]);
  });

  it('lies above the one before it', () => {
    const { canvas, log } = drawLog();
    drawRibbon(canvas, runs.slice(0, 1), 1, () => 'low', place, { x: 1, y: 2 });
    expect(log).toEqual(['fill low', 'rect 5,176 20×10']);
  });
});
