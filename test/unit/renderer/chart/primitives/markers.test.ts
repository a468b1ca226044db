import { cssPx } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { drawMarkerShapes } from '../../../../../renderer/chart/primitives/markers/draw-marker-shapes.ts';
import { isOnMarker, markerShapes } from '../../../../../renderer/chart/primitives/markers/marker-shapes.ts';
import type { Scales } from '../../../../../renderer/chart/primitives/layer.ts';
import { chartObject } from '../../../../helpers/chart-object.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { looks } from '../../../../helpers/palette.ts';
import { paneScales } from '../../../../helpers/pane-scales.ts';

// One bar a second up to 60 s, each from 40 to 60.
const scales: Scales = {
  ...paneScales,
  bar: (time) =>
    time < 60_000 ? { x: cssPx(Math.floor(time / 1000)), top: cssPx(40), bottom: cssPx(60) } : null,
};
const wording = { formatPrice: (price: number) => price.toFixed(2), looks };
const plain = { hoveredId: null, selectedId: null };
const marker = (change: Parameters<typeof chartObject>[0]) =>
  chartObject({ object_type: 'marker', object_id: 'm', y: 50, y_min: null, y_max: null, ...change });
const layOut = (...changes: Parameters<typeof chartObject>[0][]) =>
  markerShapes(changes.map(marker), scales, plain, wording);

describe('markerShapes', () => {
  it('puts a marker beside the bar that holds it', () => {
    const [shape] = layOut({ t_start: 10_500, payload: { kind: 'entry' } });
    expect(shape).toMatchObject({ x: 10, figure: 'arrow-up', side: 'below', priceY: 50 });
    expect(shape!.y).toBeGreaterThan(60);
  });

  it('points a long entry up from below and a short entry down from above', () => {
    const places = layOut(
      { payload: { kind: 'entry', side: 'long' } },
      { payload: { kind: 'entry', side: 'short' } },
    );
    expect(places.map(({ figure, side }) => `${figure} ${side}`)).toEqual([
      'arrow-up below',
      'arrow-down above',
    ]);
  });

  it('knows exits, stops and what is neither', () => {
    const places = layOut(
      { payload: { type: 'exit' } },
      { payload: { role: 'stop', side: 'long' } },
      { payload: 'hello' },
    );
    expect(places.map(({ figure, styleId }) => `${figure} ${styleId}`)).toEqual([
      'arrow-down marker-exit',
      'square marker-stop',
      'dot marker-other',
    ]);
  });

  it('puts markers of one bar one behind the other', () => {
    const [first, second] = layOut({ payload: { kind: 'entry' } }, { payload: { kind: 'entry' } });
    expect(second!.y - first!.y).toBeGreaterThanOrEqual(first!.extent);
  });

  it('puts a marker beyond the loaded bars at its price, and leaves it out without one', () => {
    const shapes = layOut({ t_start: 80_000 }, { t_start: 80_000, y: null });
    expect(shapes.map(({ x }) => x)).toEqual([80]);
  });

  it('says all of a marker that is pointed at', () => {
    const entry = marker({ payload: { kind: 'entry', text: 'Long 561' } });
    const labels = [plain, { ...plain, hoveredId: 'm' }].map(
      (emphasis) => markerShapes([entry], scales, emphasis, wording)[0]?.label,
    );
    expect(labels).toEqual(['Long 561', 'Entry Long 561 @ 50.00']);
  });
});

describe('isOnMarker', () => {
  it('is true on the figure and a little beside it', () => {
    const [shape] = layOut({ t_start: 10_000, payload: { kind: 'exit' } });
    expect([isOnMarker(shape!, 12, shape!.y), isOnMarker(shape!, 30, shape!.y)]).toEqual([true, false]);
  });
});

describe('drawMarkerShapes', () => {
  const painted = (emphasis: typeof plain | { hoveredId: string; selectedId: null }) => {
    const { canvas, log } = drawLog();
    const shapes = markerShapes(
      [marker({ payload: { kind: 'stop', side: 'long' } })],
      scales,
      emphasis,
      wording,
    );
    drawMarkerShapes(canvas, shapes, { x: 1, y: 1 }, looks);
    return log;
  };

  it('fills the figure over a rim in the colour of the background', () => {
    expect(painted(plain).filter((line) => !/^(from|to)/.test(line))).toEqual([
      'path background solid',
      'close',
      'stroke',
      'fill toneUp',
      'fill path',
    ]);
  });

  it('shows the price of the one that is pointed at', () => {
    expect(painted({ hoveredId: 'm', selectedId: null }).slice(0, 4)).toEqual([
      'path toneUp solid',
      'from -14,50',
      'to 14,50',
      'stroke',
    ]);
  });
});
