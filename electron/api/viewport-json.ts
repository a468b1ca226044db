import { candleAt, unpackBars, type Candle } from '#shared/domain/candle';
import type { ViewportAnswer } from '#shared/domain/viewport';

/** A viewport for readers without typed arrays: candles as objects. */
export function viewportJson({ bars, ...rest }: ViewportAnswer): {
  readonly candles: readonly Candle[];
} & Omit<ViewportAnswer, 'bars'> {
  const columns = unpackBars(bars);
  const candles = Array.from(columns.ts, (_, index) => candleAt(columns, index)).filter(
    (bar) => bar !== null,
  );
  return { candles, ...rest };
}
