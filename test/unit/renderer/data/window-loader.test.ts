import { packBars, sliceBars, type Bars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { epochMs, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { endOfTime, type BarWindow, type View } from '../../../../renderer/data/bar-window.ts';
import { WindowLoader } from '../../../../renderer/data/window-loader.ts';
import { deferred, type Deferred } from '../../../helpers/deferred.ts';
import { evenBars, flatBars } from '../../../helpers/flat-bars.ts';

const minute = parseTimeframe('1m')!;
const [spy, btc] = ['SPY', 'BTC'].map((symbol) => ({ symbol, timeframe: minute })) as [
  { symbol: string; timeframe: typeof minute },
  { symbol: string; timeframe: typeof minute },
];

/** A loader on a series in memory. Answers come when the test lets them; timers run when the test says so. */
function setup(series: Bars = evenBars(50_000, MINUTE), asOf: () => number | null = () => null) {
  const asked: { question: ViewportQuestion; answer: Deferred<ViewportAnswer> }[] = [];
  const windows: BarWindow[] = [];
  const failures: unknown[] = [];
  let timer: (() => void) | null = null;
  const loader = new WindowLoader({
    ask: (question) => {
      const answer = deferred<ViewportAnswer>();
      asked.push({ question, answer });
      return answer.promise;
    },
    coverageOf: () => ({
      first: series.ts[0] ?? 0,
      last: series.ts[series.ts.length - 1] ?? 0,
      bars: series.ts.length,
    }),
    asOf,
    onWindow: (window) => windows.push(window),
    onFailure: (error) => failures.push(error),
    after: (_delay, run) => {
      timer = run;
      return () => (timer = null);
    },
  });
  loader.setScreenBars(100);
  const answerNext = async (): Promise<void> => {
    const next = asked[answered];
    answered += 1;
    next?.answer.resolve(answerTo(series, next.question));
    await Promise.resolve();
    await Promise.resolve();
  };
  let answered = 0;
  return {
    loader,
    asked,
    windows,
    failures,
    answerNext,
    runTimer: () => timer?.(),
    view: (from: number, until: number): View => ({
      from: from * MINUTE,
      until: until * MINUTE,
      barsVisible: until - from,
    }),
  };
}

function answerTo(
  series: Bars,
  { timeframe, from, until, maxBars = Infinity }: ViewportQuestion,
): ViewportAnswer {
  const found = sliceBars(series, from, until);
  const kept =
    found.ts.length > maxBars ? sliceBars(series, found.ts[found.ts.length - maxBars] ?? 0, until) : found;
  return {
    bars: packBars(kept),
    objects: [],
    resolution: parseTimeframe(timeframe)!,
    source: parseTimeframe(timeframe)!,
    priceBand: null,
    extent: { first: series.ts[0] ?? 0, last: series.ts[series.ts.length - 1] ?? 0 },
    served: { parts: 0, days: 0, months: 0, years: 0, rollups: 0, tailRows: 0 },
    unreadable: [],
    sequence: 1,
  };
}

const minutesOf = ({ covered }: BarWindow) => [
  covered.from / MINUTE,
  covered.until === endOfTime ? 'for ever' : covered.until / MINUTE,
];

describe('WindowLoader', () => {
  it('opens at the newest bars with two screens before them', async () => {
    const { loader, windows, answerNext } = setup();
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    expect(windows.map(minutesOf)).toEqual([[49_700, 'for ever']]);
  });

  it('loads older bars when the left edge comes near, and says that nothing is to move', async () => {
    const { loader, windows, answerNext, runTimer, view } = setup();
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    loader.look(view(49_710, 49_810));
    runTimer();
    await answerNext();
    expect(minutesOf(windows[1]!)[0]).toBeLessThan(49_650);
    expect(windows[1]!.placement).toEqual({ kind: 'keep' });
  });

  it('asks nothing while the view is well inside', async () => {
    const { loader, asked, answerNext, runTimer, view } = setup();
    loader.open(spy, { kind: 'around', at: epochMs(25_000 * MINUTE) });
    await answerNext();
    loader.look(view(24_950, 25_050));
    runTimer();
    expect(asked).toHaveLength(1);
  });

  it('has one question under way while panning', async () => {
    const { loader, asked, answerNext, runTimer, view } = setup();
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    for (const from of [49_710, 49_700, 49_690]) {
      loader.look(view(from, from + 100));
      runTimer();
    }
    expect(asked).toHaveLength(2);
  });

  it('ignores an answer that a newer question has overtaken', async () => {
    const { loader, windows, asked } = setup();
    loader.open(spy, { kind: 'latest' });
    loader.open(btc, { kind: 'latest' });
    const [slow, fast] = asked;
    fast!.answer.resolve(answerTo(evenBars(10, MINUTE), fast!.question));
    slow!.answer.resolve(answerTo(evenBars(10, MINUTE), slow!.question));
    await slow!.answer.promise;
    await Promise.resolve();
    expect(windows.map(({ key }) => key.symbol)).toEqual(['BTC']);
  });

  it('reads the same stretch again when rows have come in', async () => {
    const { loader, windows, answerNext, runTimer } = setup();
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    loader.refresh(0);
    runTimer();
    await answerNext();
    expect(windows.map(minutesOf)).toEqual([
      [49_700, 'for ever'],
      [49_700, 'for ever'],
    ]);
  });

  it('reaches farther and farther through a long gap, and stops at its other side', async () => {
    const island = Array.from({ length: 300 }, (_, index) => index * MINUTE);
    const afterGap = island.map((at) => at + 1_000_000 * MINUTE);
    const { loader, windows, asked, answerNext, runTimer, view } = setup(flatBars([...island, ...afterGap]));
    loader.open(spy, { kind: 'range', from: 1_000_000 * MINUTE, until: 1_000_100 * MINUTE });
    await answerNext();
    loader.look(view(1_000_000, 1_000_100));
    runTimer();
    for (let round = 0; round < 20; round += 1) await answerNext();
    expect(asked.length).toBeLessThan(12);
    expect(windows[windows.length - 1]!.bars.ts[0]).toBeLessThan(300 * MINUTE);
  });

  it('never asks for the same stretch over and over', async () => {
    const { loader, asked, answerNext, runTimer, view } = setup();
    loader.open(spy, { kind: 'range', from: 0, until: 4_000 * MINUTE });
    await answerNext();
    loader.look(view(20_000, 24_000));
    runTimer();
    for (let round = 0; round < 50; round += 1) await answerNext();
    expect(asked.length).toBeLessThan(20);
  });

  it('hands a failure on and asks again when told to', async () => {
    const { loader, asked, failures, windows, answerNext } = setup();
    loader.open(spy, { kind: 'latest' });
    asked[0]!.answer.reject(new Error('disk'));
    await expect.poll(() => failures).toHaveLength(1);
    loader.retry();
    await answerNext();
    await answerNext();
    expect(windows).toHaveLength(1);
  });

  it('never holds more bars than usual', async () => {
    const { loader, windows, answerNext, view, runTimer } = setup();
    loader.open(spy, { kind: 'range', from: 10_000 * MINUTE, until: 13_000 * MINUTE });
    await answerNext();
    loader.look(view(10_000, 13_000));
    runTimer();
    await answerNext();
    expect(windows.every(({ bars }) => bars.ts.length <= 6_000)).toBe(true);
  });

  it('brings the bars that indicators settle on along with each window', async () => {
    const { loader, windows, asked, answerNext } = setup();
    loader.setLeadIn(500);
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    expect(windows).toEqual([]);
    await answerNext();
    const { bars, leadIn } = windows[0]!;
    expect(minutesOf(windows[0]!)).toEqual([49_700, 'for ever']);
    expect([leadIn.ts.length, leadIn.ts[499]]).toEqual([500, bars.ts[0]! - MINUTE]);
    expect(asked).toHaveLength(2);
  });

  it('reads its window again, where it is, when an indicator needs more bars before it', async () => {
    const { loader, windows, asked, answerNext } = setup();
    loader.open(spy, { kind: 'latest' });
    await answerNext();
    loader.setLeadIn(500);
    await answerNext();
    await answerNext();
    expect(windows.map(minutesOf)).toEqual([
      [49_700, 'for ever'],
      [49_700, 'for ever'],
    ]);
    expect(windows[1]!.leadIn.ts).toHaveLength(500);
    loader.setLeadIn(100);
    expect(asked).toHaveLength(3);
  });
});
