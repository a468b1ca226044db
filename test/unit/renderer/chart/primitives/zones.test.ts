import { describe, expect, it } from 'vitest';
import { looksOf } from '../../../../../renderer/chart/object-looks.ts';
import type { Emphasis } from '../../../../../renderer/chart/primitives/layer.ts';
import { drawZoneRects } from '../../../../../renderer/chart/primitives/zones/draw-zone-rects.ts';
import {
  isOnZone,
  zoneLabelPlaces,
  zoneRects,
} from '../../../../../renderer/chart/primitives/zones/zone-rects.ts';
import { usualStyles, type ObjectStyles } from '../../../../../renderer/data/object-style.ts';
import { chartObject } from '../../../../helpers/chart-object.ts';
import { drawLog } from '../../../../helpers/draw-log.ts';
import { palette } from '../../../../helpers/palette.ts';
import { paneScales as scales } from '../../../../helpers/pane-scales.ts';

const plain: Emphasis = { hoveredId: null, selectedId: null };
const layOut = (...zones: Parameters<typeof chartObject>[0][]) =>
  zoneRects(zones.map(chartObject), scales, plain);

describe('zoneRects', () => {
  it('covers a zone from its start to its end', () => {
    expect(layOut({})).toMatchObject([{ tone: 'up', left: 0, top: 80, width: 60, height: 10 }]);
  });

  it('carries an open zone to the right edge', () => {
    expect(layOut({ t_start: 30_000, t_end: null })).toMatchObject([{ left: 30, width: 71, isOpen: true }]);
  });

  it('cuts a zone that began off screen to the left edge', () => {
    expect(layOut({ t_start: -5_000 })).toMatchObject([{ left: -1, width: 61 }]);
  });

  it('leaves out zones outside the pane', () => {
    expect(
      layOut({ t_start: -9_000, t_end: -1 }, { t_start: 200_000, t_end: null }, { y_min: 500, y_max: 600 }),
    ).toEqual([]);
  });

  it('draws a zone that ends before it begins between the two', () => {
    expect(layOut({ t_start: 60_000, t_end: 20_000 })).toMatchObject([{ left: 20, width: 40 }]);
  });

  it('leaves out a zone without prices', () => {
    expect(layOut({ y_min: null, y_max: null })).toEqual([]);
  });

  it('draws a zone upside down in its prices the right way up', () => {
    expect(layOut({ y_min: 20, y_max: 10 })).toMatchObject([{ top: 80, height: 10 }]);
  });

  it('writes no label where it would not fit', () => {
    expect(
      layOut({ y_min: 10, y_max: 30 }, { t_end: 30_000, y_min: 10, y_max: 30 }).map(({ label }) => label),
    ).toEqual(['Demand', '']);
  });

  it('merges thin zones that lie on one another into a strip with their count', () => {
    const thin = { y_min: 10, y_max: 10.5 };
    expect(layOut(thin, { ...thin, object_id: 'b' }, { ...thin, object_id: 'c' })).toMatchObject([
      { count: 3, label: '× 3' },
    ]);
  });

  it('keeps a thin zone apart that is selected', () => {
    const thin = { y_min: 10, y_max: 10.5 };
    const zones = [chartObject(thin), chartObject({ ...thin, object_id: 'b' })];
    expect(zoneRects(zones, scales, { hoveredId: null, selectedId: 'b' })).toHaveLength(2);
  });
});

describe('isOnZone', () => {
  it('is true inside and on the edge of a zone', () => {
    const [rect] = layOut({});
    expect([isOnZone(rect!, 30, 85), isOnZone(rect!, 60, 80), isOnZone(rect!, 61, 85)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('zoneLabelPlaces', () => {
  it('writes in the corner that is on the screen, else at the foot, and may move to the right edge', () => {
    const [rect] = layOut({ t_start: -20_000, y_min: 10, y_max: 40 });
    expect(zoneLabelPlaces(rect!)).toEqual([
      { x: 4, y: 61, align: 'left', edge: 'top', slideTo: 56 },
      { x: 4, y: 89, align: 'left', edge: 'bottom', slideTo: 56 },
    ]);
  });
});

describe('a zone that is pointed at', () => {
  it('is named beside itself where there is no room within', () => {
    const [rect] = zoneRects([chartObject({ y_min: 10, y_max: 14 })], scales, {
      hoveredId: 'zone-1',
      selectedId: null,
    });
    expect(rect).toMatchObject({ label: 'Demand', top: 86, height: 4 });
    expect(zoneLabelPlaces(rect!)).toMatchObject([
      { y: 85, edge: 'bottom' },
      { y: 91, edge: 'top' },
    ]);
  });
});

describe('drawZoneRects', () => {
  const painted = (change: Parameters<typeof chartObject>[0], styles: ObjectStyles = {}, ratio = 1) => {
    const { canvas, log } = drawLog();
    drawZoneRects(canvas, layOut(change), { x: ratio, y: ratio }, looksOf(styles, palette));
    return log;
  };

  it('rounds outwards to whole device pixels', () => {
    expect(painted({ t_end: 10_500 }, {}, 1.5)).toEqual([
      'fill toneUp',
      'rect 0,120 16×15',
      'outline toneUp solid 0.5,120.5 15×14',
    ]);
  });

  it('tells supply from demand by the dash, too', () => {
    expect(painted({ payload: { side: 'supply' }, t_end: 20_000 }).at(-1)).toBe(
      'outline toneDown dashed 6-3 0.5,80.5 19×9',
    );
  });

  it('paints a kind in the style that was set for it', () => {
    const styles = { 'zone-up': { ...usualStyles['zone-up'], colour: 'violet', dash: 'dotted' } } as const;
    expect(painted({ t_end: null }, styles)).toEqual([
      'fill violetLine',
      'rect 0,80 101×10',
      'outline violetLine dashed 2-3 0.5,80.5 100×9',
    ]);
  });

  it('leaves what has ended the colour and the dash that it had', () => {
    const styles = { 'zone-down': { ...usualStyles['zone-down'], colour: 'pink' } } as const;
    expect(painted({ payload: { side: 'supply' }, t_end: 20_000 }, styles).at(-1)).toBe(
      'outline pinkLine dashed 6-3 0.5,80.5 19×9',
    );
  });
});
