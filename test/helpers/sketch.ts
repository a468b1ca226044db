import { packBars, unpackBars, type Bars } from '#shared/domain/candle';
import { MINUTE } from '#shared/units';

/**
 * Bars drawn as a picture: one column per minute, one row per unit of price, the bottom row being 1.
 * `O` marks the open, `C` the close, `|` the rest of the wick, `X` an open and close at the same price. An empty
 * column is a minute without a bar.
 *
 *     barsFromSketch(`
 *       |C
 *       O|
 *       |O
 *     `)
 */
export function barsFromSketch(sketch: string): Bars {
  const drawn = sketch.split('\n').filter((row) => row.trim() !== '');
  const margin = Math.min(...drawn.map((row) => row.search(/\S/)));
  const rows = drawn.map((row) => row.slice(margin)).reverse();
  const columns = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) => {
    const marks = rows.flatMap((row, index) =>
      /[OCX|]/.test(row[column] ?? '') ? [{ mark: row[column], price: index + 1 }] : [],
    );
    const priceOf = (wanted: string) =>
      marks.find(({ mark }) => mark === wanted || mark === 'X')?.price ?? Number.NaN;
    const prices = marks.map(({ price }) => price);
    return { ts: column * MINUTE, prices, open: priceOf('O'), close: priceOf('C') };
  }).filter(({ prices }) => prices.length > 0);
  const column = (value: (bar: (typeof columns)[number]) => number) => Float64Array.from(columns, value);
  const bars = {
    ts: column(({ ts }) => ts),
    open: column(({ open }) => open),
    high: column(({ prices }) => Math.max(...prices)),
    low: column(({ prices }) => Math.min(...prices)),
    close: column(({ close }) => close),
    volume: column(() => 1),
  };
  return unpackBars(packBars(bars));
}
