import { cssPx } from '#shared/units';
import type { Look, Looks } from '../../object-looks.ts';
import type { PixelRatio } from '../layer.ts';
import type { Sprites } from '../sprites.ts';
import { drawMarkerShapes, type MarkerCanvas } from './draw-marker-shapes.ts';
import type { MarkerFigure, MarkerShape } from './marker-shapes.ts';

type CopyCanvas = MarkerCanvas & Pick<CanvasRenderingContext2D, 'drawImage'>;

/** Beyond the figure: half of its rim, and what smooth edges take. CSS pixels. */
const margin = 2;

/** Copies figures that were painted before; what is pointed at is painted, since only one or two are. */
export function copyMarkerShapes(
  canvas: CopyCanvas,
  markers: readonly MarkerShape[],
  ratio: PixelRatio,
  looks: Looks,
  sprites: Sprites,
): void {
  // Asked for by name once for each look and figure, and not for each marker.
  const known = new Map<Look, Partial<Record<MarkerFigure, ImageBitmap>>>();
  for (const marker of markers) {
    if (marker.strength !== 'plain') {
      drawMarkerShapes(canvas, [marker], ratio, looks);
      continue;
    }
    const { figure, extent, x, y } = marker;
    const look = looks.of(marker);
    const half = Math.ceil(extent / 2 + margin);
    const ofLook = known.get(look) ?? {};
    const sprite = (ofLook[figure] ??= spriteOf(marker, half, ratio, looks, sprites));
    known.set(look, ofLook);
    canvas.drawImage(sprite, Math.round((x - half) * ratio.x), Math.round((y - half) * ratio.y));
  }
}

/** All markers of one look and figure are as large as one another at any zoom. */
function spriteOf(
  marker: MarkerShape,
  half: number,
  ratio: PixelRatio,
  looks: Looks,
  sprites: Sprites,
): ImageBitmap {
  const { figure, extent } = marker;
  return sprites.get(
    [looks.of(marker).color, looks.background, figure, extent, ratio.x, ratio.y].join(' '),
    2 * half * ratio.x,
    2 * half * ratio.y,
    (own) =>
      drawMarkerShapes(own, [{ ...marker, x: cssPx(half), y: cssPx(half), priceY: null }], ratio, looks),
  );
}
