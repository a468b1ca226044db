import { unpackBars } from '#shared/domain/candle';
import { DAY } from '#shared/units';
import { expect } from 'vitest';
import type { TestStore } from '../../helpers/open-test-store.ts';
import { fiveMinutes, flatCandle } from '../../helpers/rows.ts';

export const twoDays = [0, 1].map((day) => flatCandle(10 + day, { ts: fiveMinutes(day * 288) }));

export async function twoMergedDays({ append, compact }: TestStore): Promise<void> {
  await append(...twoDays);
  await compact();
}

/** Takes bars of 5m that are older than a day, whatever is made of them. */
export const retireAll = {
  policies: [
    {
      ...{ dataset: 'candles', timeframe: '5m', isOn: true, maxAgeDays: 1, exclude: [] },
      ...{ maxSizeBytes: null, maxSizeBytesPerSymbol: null },
    },
  ],
  guardrails: { minAgeDays: 0, maxSharePercent: 100, keepRollupSources: false, keepOpenObjects: true },
};

/** Two days that lie in the trash; answers the job that brought them there. */
export async function retired(store: TestStore): Promise<string> {
  await twoMergedDays(store);
  const { id } = await store.client.retention.start(retireAll);
  expect(await store.client.jobs.wait({ id })).toMatchObject({ state: 'done', error: null });
  return id;
}

/** Every bar of a store, in words. */
export async function rowsOf({ client }: TestStore): Promise<readonly string[]> {
  const range = { from: fiveMinutes(0) - DAY, until: fiveMinutes(0) + 30 * DAY };
  const rows: string[] = [];
  for (const { symbol } of await client.symbols.list({})) {
    const { bars } = await client.candles.viewport({ symbol, timeframe: '5m', ...range });
    const { ts, close } = unpackBars(bars);
    for (const [place, time] of ts.entries()) rows.push(`${symbol} ${time} ${close[place] ?? '?'}`);
  }
  return rows.sort();
}

/** How `rowsOf` tells of those two days. */
export const twoDaysInWords = twoDays.map(({ ts, close }) => `SPY ${String(ts)} ${String(close)}`);
