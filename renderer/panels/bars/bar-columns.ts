import type { Bars } from '#shared/domain/candle';
import { formatCount } from '../../format/count.ts';
import { formatPercentChange, formatPrice } from '../../format/price.ts';
import { formatInstant } from '../../format/time.ts';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';

/** How values are written. */
export interface BarWording {
  /** IANA name. */
  readonly zone: string;
  readonly decimals: number;
}

interface BarColumn extends GridColumn {
  readonly text: (bars: Bars, bar: number, wording: BarWording) => string;
  /** What bars are sorted by; NaN comes last, either way. */
  readonly rank: (bars: Bars, bar: number) => number;
}

const price = (name: 'open' | 'high' | 'low' | 'close'): BarColumn => ({
  id: name,
  title: `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`,
  width: 92,
  align: 'right',
  text: (bars, bar, { decimals }) => formatPrice(bars[name][bar] ?? Number.NaN, decimals),
  rank: (bars, bar) => bars[name][bar] ?? Number.NaN,
});

export const barColumnsShown: readonly BarColumn[] = [
  {
    id: 'ts',
    title: 'Open time',
    width: 196,
    text: ({ ts }, bar, { zone }) => formatInstant(ts[bar] ?? 0, zone),
    rank: ({ ts }, bar) => ts[bar] ?? Number.NaN,
  },
  price('open'),
  price('high'),
  price('low'),
  price('close'),
  {
    id: 'change',
    title: 'Change',
    hint: 'Since the close of the bar before it',
    width: 88,
    align: 'right',
    text: ({ close }, bar) =>
      close[bar - 1] === undefined ? '–' : formatPercentChange(close[bar - 1] ?? 0, close[bar] ?? 0),
    rank: ({ close }, bar) => (close[bar] ?? Number.NaN) / (close[bar - 1] ?? Number.NaN),
  },
  {
    id: 'volume',
    title: 'Volume',
    width: 110,
    align: 'right',
    text: ({ volume }, bar) => formatCount(volume[bar] ?? Number.NaN),
    rank: ({ volume }, bar) => volume[bar] ?? Number.NaN,
  },
];

/** Places of the bars, the newest first unless a column is asked for. */
export function sortedBars(bars: Bars, sort: GridSort | null): readonly number[] {
  const newest = Array.from(bars.ts, (_, index) => bars.ts.length - 1 - index);
  const column = barColumnsShown.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) return newest;
  const ranks = Float64Array.from(bars.ts, (_, bar) => column.rank(bars, bar));
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return newest.sort((a, b) => {
    const [first, second] = [ranks[a] ?? Number.NaN, ranks[b] ?? Number.NaN];
    if (Number.isNaN(first) || Number.isNaN(second))
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second));
    return sign * (first - second);
  });
}
