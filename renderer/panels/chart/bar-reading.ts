import { candleAt, lowerBound } from '#shared/domain/candle';
import type { ObjectState } from '#shared/domain/chart-object';
import { timeframeLength } from '#shared/domain/timeframe';
import type { BarWindow } from '../../data/bar-window.ts';
import { formatShortCount } from '../../format/count.ts';
import { formatPrice } from '../../format/price.ts';
import { formatBarTime } from '../../format/time.ts';

const mostNamed = 5;

/** A bar and the objects at it as one sentence, for who cannot see the chart. */
export function barReading(
  window: BarWindow,
  ts: number,
  objects: readonly ObjectState[],
  zone: string,
  decimals: number,
): string {
  const candle = candleAt(window.bars, lowerBound(window.bars.ts, ts));
  if (candle === null) return '';
  const price = (value: number) => formatPrice(value, decimals);
  const named = objects
    .slice(0, mostNamed)
    .map(({ object_type, object_id }) => `${object_type} ${object_id}`);
  const rest = objects.length > mostNamed ? ` and ${objects.length - mostNamed} more` : '';
  return [
    formatBarTime(candle.ts, zone, timeframeLength(window.key.timeframe)),
    `open ${price(candle.open)}, high ${price(candle.high)}, low ${price(candle.low)}, close ${price(candle.close)}`,
    `volume ${formatShortCount(candle.volume)}`,
    named.length === 0 ? 'no objects' : `${named.join(', ')}${rest}`,
  ].join('; ');
}
