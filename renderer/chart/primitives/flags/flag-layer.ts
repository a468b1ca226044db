import type { LayerDefinition } from '../layer.ts';
import { drawFlagShapes } from './draw-flag-shapes.ts';
import { flagLabelPlaces, flagShapes, isOnFlag, type FlagShape } from './flag-shapes.ts';

/** Draws flags over the candles. */
export const flagLayer: LayerDefinition<FlagShape> = {
  type: 'flag',
  zOrder: 'top',
  layOut: flagShapes,
  paint: drawFlagShapes,
  isAt: isOnFlag,
  labelPlaces: flagLabelPlaces,
};
