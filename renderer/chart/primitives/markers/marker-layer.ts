import type { LayerDefinition } from '../layer.ts';
import { copyMarkerShapes } from './copy-marker-shapes.ts';
import { isOnMarker, markerBox, markerLabelPlaces, markerShapes, type MarkerShape } from './marker-shapes.ts';

/** Draws markers beside the bars. */
export const markerLayer: LayerDefinition<MarkerShape> = {
  type: 'marker',
  zOrder: 'top',
  layOut: markerShapes,
  paint: copyMarkerShapes,
  isAt: isOnMarker,
  labelPlaces: markerLabelPlaces,
  blocks: markerBox,
};
