import { packBars, sliceBars, type Bars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import type { BarWindow } from '../../../../renderer/data/bar-window.ts';
import { comparisonSlice, type ComparisonSlice } from '../../../../renderer/state/comparison-slice.ts';
import { deferred, type Deferred } from '../../../helpers/deferred.ts';
import { evenBars, flatBars } from '../../../helpers/flat-bars.ts';

const [minute, quarter] = [parseTimeframe('1m')!, parseTimeframe('15m')!];

function window(count: number, change: Partial<BarWindow['key']> = {}, from = 0): BarWindow {
  return {
    key: { symbol: 'SPY', timeframe: minute, ...change },
    bars: evenBars(count, MINUTE, from),
  } as unknown as BarWindow;
}

/** A slice whose questions are answered when the test says so. */
function setup(series: Readonly<Record<string, Bars>>) {
  const asked: { question: ViewportQuestion; answer: Deferred<ViewportAnswer> }[] = [];
  let state: ComparisonSlice = comparisonSlice(
    (question) => {
      const answer = deferred<ViewportAnswer>();
      asked.push({ question, answer });
      return answer.promise;
    },
    (change) => {
      state = { ...state, ...change };
    },
    () => state,
  );
  const answer = async (index: number) => {
    const { symbol, from, until, maxBars = Infinity } = asked[index]!.question;
    const bars = series[symbol] ?? flatBars([]);
    const found = sliceBars(bars, from, until);
    const newest = sliceBars(found, found.ts[Math.max(0, found.ts.length - maxBars)] ?? 0, until);
    asked[index]!.answer.resolve({
      bars: packBars(newest),
      extent: bars.ts.length === 0 ? null : { first: bars.ts[0], last: bars.ts[bars.ts.length - 1] },
    } as ViewportAnswer);
    await new Promise((resolve) => setTimeout(resolve));
  };
  const closes = () =>
    state.lines.map(({ symbol, closes: read }) => [symbol, read === null ? null : [...read.values]]);
  return { slice: () => state, asked, answer, closes };
}

const gap = Number.NaN;

describe('comparison slice', () => {
  it('reads each symbol over the window, without objects', async () => {
    const { slice, asked, answer, closes } = setup({ BTC: flatBars([0, 2 * MINUTE], 7) });
    slice().follow(window(3), ['BTC']);
    await answer(0);
    expect(closes()).toEqual([['BTC', [7, gap, 7]]]);
    expect(asked[0]!.question).toMatchObject({ symbol: 'BTC', timeframe: '1m', objects: false });
  });

  it('does not compare a symbol with itself', () => {
    const { slice, asked } = setup({});
    slice().follow(window(3), ['SPY']);
    expect(asked).toEqual([]);
    expect(slice().lines).toEqual([]);
  });

  it('asks as often as it takes when the other symbol has far more bars', async () => {
    const { slice, asked, answer, closes } = setup({ BTC: evenBars(30_000, MINUTE) });
    const days = [0, 12_000, 29_000].map((at) => at * MINUTE);
    slice().follow({ ...window(0), bars: flatBars(days) }, ['BTC']);
    await answer(0);
    await answer(1);
    await answer(2);
    expect(closes()).toEqual([['BTC', [100, 100, 100]]]);
    expect(asked).toHaveLength(3);
  });

  it('keeps what was read until the answer for another window is there', async () => {
    const { slice, answer, closes } = setup({ BTC: evenBars(10, MINUTE) });
    slice().follow(window(2), ['BTC']);
    await answer(0);
    slice().follow(window(3), ['BTC']);
    expect(closes()).toEqual([['BTC', [100, 100]]]);
    await answer(1);
    expect(closes()).toEqual([['BTC', [100, 100, 100]]]);
  });

  it('forgets what was read when the timeframe changes', async () => {
    const { slice, answer, closes } = setup({ BTC: evenBars(10, MINUTE) });
    slice().follow(window(2), ['BTC']);
    await answer(0);
    slice().follow(window(2, { timeframe: quarter }), ['BTC']);
    expect(closes()).toEqual([['BTC', null]]);
  });

  it('ignores an answer that a newer window has overtaken', async () => {
    const { slice, answer, closes } = setup({ BTC: evenBars(10, MINUTE) });
    slice().follow(window(2), ['BTC']);
    slice().follow(window(3), ['BTC']);
    await answer(1);
    await answer(0);
    expect(closes()).toEqual([['BTC', [100, 100, 100]]]);
  });

  it('asks nothing anew when a symbol is taken away, and only for the one that is added', async () => {
    const { slice, asked, answer } = setup({ BTC: evenBars(10, MINUTE), EUR: evenBars(10, MINUTE) });
    const shown = window(2);
    slice().follow(shown, ['BTC']);
    await answer(0);
    slice().follow(shown, ['BTC', 'EUR']);
    slice().follow(shown, ['EUR']);
    expect(asked.map(({ question }) => question.symbol)).toEqual(['BTC', 'EUR']);
    expect(slice().lines.map(({ symbol }) => symbol)).toEqual(['EUR']);
  });

  it('says when a symbol has no bars of the timeframe', async () => {
    const { slice, answer } = setup({});
    slice().follow(window(2), ['BTC']);
    await answer(0);
    expect(slice().lines[0]!.closes!.hasBars).toBe(false);
  });

  it('keeps a failure and asks again when told to', async () => {
    const { slice, asked, answer } = setup({ BTC: evenBars(10, MINUTE) });
    slice().follow(window(2), ['BTC']);
    asked[0]!.answer.reject(new Error('disk'));
    await expect.poll(() => slice().lines[0]!.problem?.message).toBe('disk');
    slice().retry();
    await answer(1);
    expect(slice().lines[0]!).toMatchObject({ problem: null, closes: { hasBars: true } });
  });

  it('reads again what was changed, and nothing else', async () => {
    const { slice, asked, answer } = setup({ BTC: evenBars(10, MINUTE) });
    slice().follow(window(2), ['BTC']);
    await answer(0);
    const change = { dataset: 'candles', timeframe: '1m', from: 0, until: 1, hasNewRows: true };
    slice().refreshFor([
      { ...change, symbol: 'EUR' },
      { ...change, symbol: 'BTC', dataset: 'objects' },
    ]);
    expect(asked).toHaveLength(1);
    slice().refreshFor([{ ...change, symbol: 'BTC' }]);
    expect(asked).toHaveLength(2);
  });
});
