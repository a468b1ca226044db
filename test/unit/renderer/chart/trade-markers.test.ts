import { MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { tradeMarkers, type MarkerOptions } from '../../../../renderer/chart/trade-markers.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { palette } from '../../../helpers/palette.ts';
import { barsFromSketch } from '../../../helpers/sketch.ts';

const options: MarkerOptions = {
  bars: { ts: barsFromSketch('XX  XX').ts, barLength: MINUTE },
  palette,
  emphasis: { hoveredId: null, selectedId: null },
  textBars: 1,
  limit: Infinity,
};

const marker = (change: Parameters<typeof chartObject>[0]) =>
  chartObject({ object_type: 'marker', object_id: 'm', t_end: null, ...change });

describe('tradeMarkers', () => {
  it('puts a marker on the bar that holds it', () => {
    expect(tradeMarkers([marker({ t_start: 1.5 * MINUTE })], options)[0]).toMatchObject({
      time: 60,
      id: 'm',
    });
  });

  it('leaves out markers beyond the loaded bars', () => {
    expect(tradeMarkers([marker({ t_start: 99 * MINUTE }), marker({ t_start: -1 })], options)).toEqual([]);
  });

  it('points a long entry up from below and a short entry down from above', () => {
    const shapes = (side: string) =>
      tradeMarkers([marker({ payload: { kind: 'entry', side } })], options).map(({ shape, position }) => ({
        shape,
        position,
      }));
    expect(shapes('long')).toEqual([{ shape: 'arrowUp', position: 'belowBar' }]);
    expect(shapes('short')).toEqual([{ shape: 'arrowDown', position: 'aboveBar' }]);
  });

  it('leaves texts out where they would cover one another, but for the one that is pointed at', () => {
    const objects = [
      marker({ object_id: 'a', payload: { text: 'A' } }),
      marker({ object_id: 'b', payload: { text: 'B' } }),
      marker({ object_id: 'c', payload: { text: 'C' } }),
    ];
    const dense = { ...options, textBars: 3, emphasis: { hoveredId: 'c', selectedId: null } };
    expect(tradeMarkers(objects, dense).map(({ text }) => text)).toEqual(['A', undefined, 'C']);
  });

  it('draws a marker whose payload is text', () => {
    expect(tradeMarkers([marker({ payload: 'hello' })], options)).toMatchObject([
      { shape: 'circle', text: '' },
    ]);
  });

  it('keeps the newest when there are too many', () => {
    const objects = [0, 1, 4].map((minute) =>
      marker({ object_id: String(minute), t_start: minute * MINUTE }),
    );
    expect(tradeMarkers(objects, { ...options, limit: 2 }).map(({ id }) => id)).toEqual(['1', '4']);
  });
});
