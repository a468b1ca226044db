import { describe, expect, it } from 'vitest';
import { drawCaption } from '../../../../renderer/chart/compose-picture.ts';
import { drawLog } from '../../../helpers/draw-log.ts';
import { palette } from '../../../helpers/palette.ts';

describe('drawCaption', () => {
  it('writes two lines under a line, in device pixels', () => {
    const { canvas, log } = drawLog();
    drawCaption(canvas, { title: 'SPY · 5m', detail: 'times in UTC' }, palette, {
      top: 800,
      width: 1_600,
      height: 96,
      pixelRatio: 2,
    });
    expect(log).toEqual([
      'fill background',
      'rect 0,800 1600×96',
      'fill border',
      'rect 0,800 1600×2',
      'fill text',
      'text "SPY · 5m" 24,840',
      'fill muted',
      'text "times in UTC" 24,876',
    ]);
  });
});
