import { noBars, packBars, sliceBars, type Bars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { DAY, epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import type { BarWindow } from '../../../../renderer/data/bar-window.ts';
import { hasLeadIn, readLeadIn } from '../../../../renderer/data/lead-in.ts';
import { evenBars, flatBars } from '../../../helpers/flat-bars.ts';

const minute = parseTimeframe('1m')!;

function setup(series: Bars) {
  const questions: ViewportQuestion[] = [];
  const first = series.ts[0] ?? 0;
  return {
    questions,
    read: async (until: number, count: number) => {
      const { ts } = await readLeadIn(
        (question) => {
          questions.push(question);
          const found = sliceBars(series, question.from, question.until);
          const cut = found.ts[Math.max(0, found.ts.length - (question.maxBars ?? Infinity))] ?? 0;
          const bars = packBars(sliceBars(found, cut, question.until));
          return Promise.resolve({ bars } as ViewportAnswer);
        },
        {
          key: { symbol: 'SPY', timeframe: minute },
          first,
          until,
          count,
          coverage: { first, last: series.ts[series.ts.length - 1] ?? 0, bars: series.ts.length },
        },
      );
      return [...ts].map((at) => (at - first) / MINUTE);
    },
  };
}

describe('readLeadIn', () => {
  it('reads exactly the bars before an instant, without objects', async () => {
    const { read, questions } = setup(evenBars(50_000, MINUTE));
    expect(await read(40_000 * MINUTE, 4)).toEqual([39_996, 39_997, 39_998, 39_999]);
    expect(questions).toMatchObject([{ maxBars: 4, objects: false }]);
  });

  it('reads all there are when there are fewer', async () => {
    const { read, questions } = setup(evenBars(50, MINUTE));
    expect(await read(3 * MINUTE, 100)).toEqual([0, 1, 2]);
    expect(questions).toHaveLength(1);
  });

  it('asks for nothing before the first bar', async () => {
    const { read, questions } = setup(evenBars(50, MINUTE));
    expect(await read(0, 100)).toEqual([]);
    expect(questions).toEqual([]);
  });

  it('reaches across a gap however long it is', async () => {
    const island = Array.from({ length: 300 }, (_, index) => index * MINUTE);
    const { read, questions } = setup(flatBars([...island, ...island.map((at) => at + 900 * DAY)]));
    const found = await read(900 * DAY + 10 * MINUTE, 12);
    expect(found.slice(0, 3)).toEqual([298, 299, (900 * DAY) / MINUTE]);
    expect(questions.length).toBeLessThan(8);
  });
});

describe('hasLeadIn', () => {
  const window = (leadIn: Bars, first: number) =>
    ({
      bars: evenBars(5, MINUTE, 100 * MINUTE),
      leadIn,
      extent: { first, last: 1_000 * MINUTE },
      covered: { from: epochMs(0), until: epochMs(1) },
    }) as unknown as BarWindow;

  it('is so with enough bars, or with all of them', () => {
    expect(hasLeadIn(window(evenBars(10, MINUTE, 90 * MINUTE), 0), 10)).toBe(true);
    expect(hasLeadIn(window(evenBars(10, MINUTE, 90 * MINUTE), 90 * MINUTE), 11)).toBe(true);
    expect(hasLeadIn(window(noBars, 100 * MINUTE), 11)).toBe(true);
  });

  it('is not so while there are more to be had', () => {
    expect(hasLeadIn(window(evenBars(10, MINUTE, 90 * MINUTE), 0), 11)).toBe(false);
    expect(hasLeadIn(window(noBars, 0), 1)).toBe(false);
  });
});
