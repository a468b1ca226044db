import { candleAt, lowerBound } from '#shared/domain/candle';
import type { ObjectState } from '#shared/domain/chart-object';
import { timeframeLength } from '#shared/domain/timeframe';
import { useMemo } from 'react';
import { formatShortCount } from '../../format/count.ts';
import { decimalsOf, formatPercentChange, formatPrice, formatSigned } from '../../format/price.ts';
import { formatBarTime, zoneNameAt } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Chip } from '../../ui/chip.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './legend.module.css';

/** What the chart shows, and the figures of the bar under the crosshair, or of the newest one. */
export function Legend() {
  const window = useWorkbench((state) => state.chart.window);
  const cursor = useWorkbench((state) => state.chart.cursor);
  const hovered = useWorkbench((state) => state.selection.hovered);
  const resolution = useWorkbench((state) => state.settings.resolution);
  const base = useWorkbench((state) => state.chart.base);
  const breakReading = useWorkbench((state) => state.chart.breakReading);
  const zone = useWorkbench((state) => state.settings.zone);
  const decimals = useMemo(() => (window === null ? 2 : decimalsOf(window.bars.close)), [window]);
  if (window === null) return null;

  const { bars, key, source } = window;
  const index = cursor === null ? bars.ts.length - 1 : lowerBound(bars.ts, cursor);
  const candle = candleAt(bars, index);
  const before = bars.close[index - 1] ?? candle?.open ?? 0;
  const isDown = candle !== null && candle.close < before;
  const price = (value: number) => formatPrice(value, decimals);
  return (
    <div className={styles.legend} role="group" aria-label="Legend">
      <div className={styles.line}>
        <span className={styles.symbol}>{key.symbol}</span>
        <Chip title={source === key.timeframe ? 'As it is stored' : `Made from bars of ${source}`}>
          {source === key.timeframe ? key.timeframe : `${key.timeframe} from ${source}`}
        </Chip>
        {resolution === 'auto' && (
          <Chip tone="accent" title="Longer bars are shown when zoomed out (Time menu, Resolution)">
            {base === null || base === key.timeframe ? 'auto' : `${base} → ${key.timeframe} (auto)`}
          </Chip>
        )}
        <span className={styles.muted}>{zoneNameAt(zone, candle?.ts ?? 0)}</span>
        {candle !== null && (
          <>
            <Figure name="O" text={price(candle.open)} isDown={isDown} />
            <Figure name="H" text={price(candle.high)} isDown={isDown} />
            <Figure name="L" text={price(candle.low)} isDown={isDown} />
            <Figure name="C" text={price(candle.close)} isDown={isDown} />
            <span className={classNames('figure', isDown ? styles.down : styles.up)}>
              {isDown ? '▼' : '▲'} {formatSigned(candle.close - before, decimals)} (
              {formatPercentChange(before, candle.close)})
            </span>
            <Figure name="V" text={formatShortCount(candle.volume)} isDown={isDown} />
          </>
        )}
      </div>
      <div className={styles.line}>
        {cursor !== null && candle !== null && (
          <span className={classNames('figure', styles.muted)}>
            {formatBarTime(candle.ts, zone, timeframeLength(key.timeframe))}
          </span>
        )}
        {breakReading !== null && <span className={styles.muted}>{breakReading}</span>}
        {hovered !== null && <span className={styles.hovered}>{summaryOf(hovered, price)}</span>}
      </div>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly text: string;
  readonly isDown: boolean;
}

function Figure({ name, text, isDown }: FigureProps) {
  return (
    <span className={styles.figure}>
      <span className={styles.muted}>{name}</span>
      <span className={classNames('figure', isDown ? styles.down : styles.up)}>{text}</span>
    </span>
  );
}

function summaryOf(object: ObjectState, price: (value: number) => string): string {
  const [low, high] = [object.y_min ?? object.y, object.y_max ?? object.y];
  const prices =
    low === null || high === null ? '' : low === high ? price(low) : `${price(low)} – ${price(high)}`;
  const state = object.t_end === null ? 'open' : 'closed';
  return [object.object_type, prices, state, object.reason ?? ''].filter((part) => part !== '').join(' · ');
}
