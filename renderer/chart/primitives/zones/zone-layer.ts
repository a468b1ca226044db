import type { LayerDefinition } from '../layer.ts';
import { drawZoneRects } from './draw-zone-rects.ts';
import { isOnZone, zoneLabelPlaces, zoneRects, type ZoneRect } from './zone-rects.ts';

/** Shades zones behind the candles. */
export const zoneLayer: LayerDefinition<ZoneRect> = {
  type: 'zone',
  zOrder: 'bottom',
  layOut: zoneRects,
  paint: drawZoneRects,
  isAt: isOnZone,
  labelPlaces: zoneLabelPlaces,
};
