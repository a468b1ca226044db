import { cssPx } from '#shared/units';
import type { Scales } from '../../renderer/chart/primitives/layer.ts';

/** One pixel a second, 100 px wide and high; price 0 sits at y = 100 and each unit is one pixel. There are no bars. */
export const paneScales: Scales = {
  width: cssPx(100),
  height: cssPx(100),
  spacing: cssPx(6),
  x: (time) => cssPx(time / 1000),
  y: (price) => cssPx(100 - price),
  bar: () => null,
};
