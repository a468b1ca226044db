import { parseTimeframe } from '#shared/domain/timeframe';
import { describe, expect, it } from 'vitest';
import { pictureCaption, type PictureSubject } from '../../../../renderer/data/picture-caption.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const minute = 60_000;
const start = Date.parse('2025-09-02T13:30:00Z');
const fiveMinutes = parseTimeframe('5m')!;

function subject(change: Partial<PictureSubject> = {}, source = '5m'): PictureSubject {
  const window = {
    key: { symbol: 'SPY', timeframe: fiveMinutes },
    source: parseTimeframe(source)!,
    bars: evenBars(100, 5 * minute, start),
  };
  return {
    window: window as PictureSubject['window'],
    view: null,
    zone: 'America/New_York',
    store: 'bots',
    isDemo: false,
    drawn: [],
    asOf: null,
    ...change,
  };
}

describe('pictureCaption', () => {
  it('names the series, the bars that are on the screen, the zone and the store', () => {
    expect(
      pictureCaption(subject({ view: { from: start + 25 * minute, until: start + 61 * minute } })),
    ).toEqual({
      title: 'SPY · 5m · 2025-09-02 09:55 – 2025-09-02 10:35 EDT',
      detail: 'times in America/New_York · store bots',
    });
  });

  it('says what bars were made from, that data are invented, and what is drawn', () => {
    const { title, detail } = pictureCaption(subject({ isDemo: true, drawn: ['EMA 21'] }, '1m'));
    expect(title).toMatch(/^SPY · 5m from 1m · /);
    expect(detail).toBe('EMA 21 · times in America/New_York · demo data, store bots');
  });

  it('says of which instant the knowledge is', () => {
    expect(pictureCaption(subject({ asOf: start })).detail).toBe(
      'as it was known at 2025-09-02 09:30:00 EDT · times in America/New_York · store bots',
    );
  });

  it('claims no range where there are no bars', () => {
    expect(pictureCaption(subject({ view: { from: 0, until: 1 } })).title).toBe('SPY · 5m');
  });

  it('names both zones of a stretch over which the clocks change', () => {
    const night = Date.parse('2025-11-02T05:00:00Z');
    const view = { from: night, until: night + 600 * minute };
    const window = { ...subject().window, bars: evenBars(100, 5 * minute, night) };
    expect(pictureCaption(subject({ window, view })).title).toBe(
      'SPY · 5m · 2025-11-02 01:00 EDT – 2025-11-02 08:20 EST',
    );
  });
});
