import { candleAt, lowerBound, noBars, type Bars } from '#shared/domain/candle';
import { epochMs } from '#shared/units';
import { useMemo } from 'react';
import { formatCount } from '../../format/count.ts';
import { decimalsOf, formatPercentChange, formatPrice } from '../../format/price.ts';
import { formatInstant } from '../../format/time.ts';
import { useWorkbench } from '../../state/use-workbench.ts';
import { Empty } from '../../ui/empty.tsx';
import { VirtualRows } from '../../ui/virtual-rows.tsx';
import { definePanel } from '../define-panel.ts';
import table from '../table.module.css';

export const barsPanel = definePanel({ id: 'bars', title: 'Bars', home: 'bottom', Component: BarsPanel });

function BarsPanel() {
  const bars = useWorkbench((state) => state.chart.window?.bars ?? noBars);
  const cursor = useWorkbench((state) => state.chart.cursor);
  const goTo = useWorkbench((state) => state.chart.goTo);
  const zone = useWorkbench((state) => state.settings.zone);
  const count = bars.ts.length;
  const decimals = useMemo(() => decimalsOf(bars.close), [bars]);
  // Newest first: the row of bar i is count - 1 - i.
  const active = cursor === null || count === 0 ? -1 : count - 1 - lowerBound(bars.ts, cursor);

  if (count === 0) {
    return <Empty headline="No bars here">The bars that the chart has loaded are listed here.</Empty>;
  }
  return (
    <div className={table.panel}>
      <div className={table.head} aria-hidden>
        <span className={table.time}>Open time</span>
        <span className={table.number}>Open</span>
        <span className={table.number}>High</span>
        <span className={table.number}>Low</span>
        <span className={table.number}>Close</span>
        <span className={table.number}>Change</span>
        <span className={table.number}>Volume</span>
      </div>
      <VirtualRows
        label="Bars, newest first"
        count={count}
        rowHeight={24}
        active={active}
        keyOf={(index) => String(bars.ts[count - 1 - index])}
        onActivate={(index) => goTo(epochMs(bars.ts[count - 1 - index] ?? 0))}
        row={(index) => <Row bars={bars} index={count - 1 - index} zone={zone} decimals={decimals} />}
      />
    </div>
  );
}

interface RowProps {
  readonly bars: Bars;
  readonly index: number;
  readonly zone: string;
  readonly decimals: number;
}

function Row({ bars, index, zone, decimals }: RowProps) {
  const candle = candleAt(bars, index);
  if (candle === null) return null;
  const before = bars.close[index - 1];
  return (
    <>
      <span className={table.time}>{formatInstant(candle.ts, zone)}</span>
      <span className={table.number}>{formatPrice(candle.open, decimals)}</span>
      <span className={table.number}>{formatPrice(candle.high, decimals)}</span>
      <span className={table.number}>{formatPrice(candle.low, decimals)}</span>
      <span className={table.number}>{formatPrice(candle.close, decimals)}</span>
      <span className={table.number}>
        {before === undefined ? '–' : formatPercentChange(before, candle.close)}
      </span>
      <span className={table.number}>{formatCount(candle.volume)}</span>
    </>
  );
}
