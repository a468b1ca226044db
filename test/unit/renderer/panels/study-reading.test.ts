import { noBars } from '#shared/domain/candle';
import { indicatorOf } from '#shared/math/indicator-parameters';
import { MINUTE } from '#shared/units';
import { expect, it } from 'vitest';
import type { BarWindow } from '../../../../renderer/data/bar-window.ts';
import { studyReading } from '../../../../renderer/panels/chart/study-reading.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

it('reads out what every indicator says at a bar, several values by their names', () => {
  const window = { bars: evenBars(40, MINUTE), leadIn: noBars, extent: { first: 0, last: 39 * MINUTE } };
  const settings = (['ema', 'macd', 'volatility'] as const).map(
    (kind) =>
      ({ id: kind, indicator: indicatorOf(kind), colour: 'blue', width: 1, isHidden: false }) as const,
  );
  expect(studyReading(window as unknown as BarWindow, 39 * MINUTE, settings, 2)).toBe(
    'EMA 21 100.00; MACD 12 26 9 line 0.00, signal 0.00, histogram 0.00; Volatility needs 73 more bars',
  );
});
