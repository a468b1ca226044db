import { noBars, unpackBars } from '#shared/domain/candle';
import { timeframeLength } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import type { ViewportQuestion } from '#shared/ipc';
import { DAY } from '#shared/units';
import { mostBars, type BarWindow } from './bar-window.ts';
import { closesAt, type TimedValues } from './comparison.ts';

/** The close of a compared symbol at each bar of a window. */
export interface ComparedCloses extends TimedValues {
  /** False when the symbol has no bars of this timeframe at all. */
  readonly hasBars: boolean;
}

/** A market that never closes has about five times the bars of one that does: enough questions for any window. */
const mostQuestions = 12;

/**
 * Reads what another symbol did over a window. It may have many more bars in that time: they are read a window's
 * worth at a time, newest first, and only those that meet a bar on the chart are kept.
 */
export async function readComparison(
  ask: (question: ViewportQuestion) => Promise<ViewportAnswer>,
  symbol: string,
  { key, bars }: BarWindow,
): Promise<ComparedCloses> {
  const barLength = timeframeLength(key.timeframe);
  // A bar of the same date may have opened some hours earlier or later.
  const slack = barLength < DAY ? barLength : barLength + DAY;
  const from = (bars.ts[0] ?? 0) - slack;
  let until = (bars.ts[bars.ts.length - 1] ?? 0) + slack;
  const values = new Float64Array(bars.ts.length).fill(Number.NaN);
  let hasBars = false;
  for (let question = 0; question < mostQuestions && bars.ts.length > 0; question += 1) {
    const answer = await ask({
      symbol,
      timeframe: key.timeframe,
      from,
      until,
      maxBars: mostBars,
      objects: false,
    });
    const found = answer.bars.byteLength === 0 ? noBars : unpackBars(answer.bars);
    hasBars = answer.extent !== null;
    closesAt(bars.ts, { ts: found.ts, values: found.close }, barLength).forEach((close, index) => {
      if (Number.isFinite(close)) values[index] = close;
    });
    const first = found.ts[0];
    if (first === undefined || first <= from || found.ts.length < mostBars) break;
    until = first;
  }
  return { ts: bars.ts, values, hasBars };
}
