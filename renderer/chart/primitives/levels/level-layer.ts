import type { AxisLabel, LayerDefinition } from '../layer.ts';
import { drawLevelLines } from './draw-level-lines.ts';
import { isOnLevel, levelLabelPlaces, levelLines, type LevelLine } from './level-lines.ts';

/** More labels than this on the price axis cost more than the whole chart. */
const mostAxisLabels = 20;

/** Draws levels, and says the price of the open ones on the axis. */
export const levelLayer: LayerDefinition<LevelLine> = {
  type: 'level',
  zOrder: 'bottom',
  layOut: levelLines,
  paint: drawLevelLines,
  isAt: isOnLevel,
  labelPlaces: levelLabelPlaces,
  axisLabels: (lines, looks): readonly AxisLabel[] =>
    lines
      .filter(({ isOpen, strength }) => isOpen || strength !== 'plain')
      .filter(({ price }, index, open) => open.findIndex((other) => other.price === price) === index)
      .slice(-mostAxisLabels)
      .map((line) => ({
        y: line.y,
        price: line.price,
        color: line.strength === 'selected' ? looks.selected : looks.of(line).color,
      })),
};
