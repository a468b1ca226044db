import { describe, expect, it } from 'vitest';
import { epochMs, MINUTE } from '#shared/units';
import type { Dataset } from '#schemas/define-dataset';
import { demoMarket } from '../../../../../electron/jobs/demo/demo-market.ts';
import { demoTicks } from '../../../../../electron/jobs/demo/demo-ticks.ts';

const market = demoMarket({ seed: 3, until: epochMs(Date.UTC(2025, 8, 26, 20)), weeks: 1 });
const [trades = [], quotes = []] = demoTicks(market).map(({ dataset, rows }) =>
  rows.map(({ row }) => named(dataset, row)),
);

function named(dataset: Dataset, row: readonly unknown[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.keys(dataset.columns).map((name, index) => [name, row[index]]));
}

describe('trades of the demo', () => {
  it.each(market.symbols)('make up the last hour of bars of $symbol', ({ symbol, bars }) => {
    const columns = [...bars.values()][0]!;
    const last = columns.ts.length - 1;
    for (const at of [last - 59, last - 30, last]) {
      const ts = columns.ts[at]!;
      const own = trades.filter(
        (row) => row['symbol'] === symbol && Math.floor(Number(row['ts']) / MINUTE) * MINUTE === ts,
      );
      const prices = own.map(({ price }) => Number(price));
      expect(own.reduce((sum, { size }) => sum + Number(size), 0)).toBeCloseTo(columns.volume[at]!, 6);
      if (own.length < 8) continue;
      expect([prices[0], Math.max(...prices), Math.min(...prices), prices.at(-1)]).toEqual([
        columns.open[at],
        columns.high[at],
        columns.low[at],
        columns.close[at],
      ]);
    }
  });

  it('meet the quote of their instant', () => {
    expect(quotes).toHaveLength(trades.length);
    trades.forEach(({ price, side }, index) => {
      const { bid, ask } = quotes[index]!;
      expect(side === 'buy' ? ask : bid).toBe(price);
      expect(Number(ask)).toBeGreaterThan(Number(bid));
    });
  });
});
