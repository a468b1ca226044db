import type { Looks } from '../../object-looks.ts';
import type { PixelRatio } from '../layer.ts';
import type { MarkerFigure, MarkerShape } from './marker-shapes.ts';

export type MarkerCanvas = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'arc'
  | 'fill'
  | 'stroke'
>;

/** Corners of the figures round their middle, in halves of their extent, clockwise. */
const corners: Readonly<Record<Exclude<MarkerFigure, 'dot'>, readonly (readonly [number, number])[]>> = {
  'arrow-up': arrow(1),
  'arrow-down': arrow(-1),
  square: [
    [-0.8, -0.8],
    [0.8, -0.8],
    [0.8, 0.8],
    [-0.8, 0.8],
  ],
};

function arrow(sign: 1 | -1): readonly (readonly [number, number])[] {
  return [
    [0, -sign],
    [1, 0],
    [0.38, 0],
    [0.38, sign],
    [-0.38, sign],
    [-0.38, 0],
    [-1, 0],
  ];
}

/** Paints figures with a rim in the colour of the background; what is pointed at also shows where its price is. */
export function drawMarkerShapes(
  canvas: MarkerCanvas,
  markers: readonly MarkerShape[],
  ratio: PixelRatio,
  looks: Looks,
): void {
  canvas.lineJoin = 'round';
  canvas.globalAlpha = 1;
  for (const marker of markers) {
    const look = looks.of(marker);
    const isPlain = marker.strength === 'plain';
    const color = marker.strength === 'selected' ? looks.selected : look.color;
    const half = (marker.extent / 2) * (isPlain ? 1 : 1.35);
    if (!isPlain && marker.priceY !== null) {
      canvas.strokeStyle = color;
      canvas.lineWidth = Math.max(1, 2 * ratio.y);
      canvas.beginPath();
      canvas.moveTo((marker.x - 14) * ratio.x, marker.priceY * ratio.y);
      canvas.lineTo((marker.x + 14) * ratio.x, marker.priceY * ratio.y);
      canvas.stroke();
    }
    canvas.strokeStyle = looks.background;
    canvas.lineWidth = 2 * ratio.x;
    trace(canvas, marker, half, ratio);
    canvas.stroke();
    canvas.fillStyle = color;
    canvas.fill();
  }
}

function trace(canvas: MarkerCanvas, { figure, x, y }: MarkerShape, half: number, ratio: PixelRatio): void {
  canvas.beginPath();
  if (figure === 'dot') {
    canvas.arc(x * ratio.x, y * ratio.y, half * 0.7 * ratio.x, 0, 2 * Math.PI);
    return;
  }
  corners[figure].forEach(([across, down], index) => {
    const [left, top] = [(x + across * half) * ratio.x, (y + down * half) * ratio.y];
    if (index === 0) canvas.moveTo(left, top);
    else canvas.lineTo(left, top);
  });
  canvas.closePath();
}
