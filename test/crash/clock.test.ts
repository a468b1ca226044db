import { candles } from '#schemas/datasets/candles';
import { formatIsoUtc, localPartsAt } from '#shared/domain/zone-time';
import { HOUR, MINUTE } from '#shared/units';
import { describe, expect, it } from 'vitest';
import { createAppendRows } from '../../electron/ingest/append-rows.ts';
import { candleRow as storedRow, createLedger } from './model/ledger.ts';
import { createModelFs, type ModelFs } from './model/model-fs.ts';
import { openModelStore } from './model/model-store.ts';
import { afterPowerCut, onlyFlushed } from './model/power-cut.ts';
import { readBack } from './model/read-back.ts';
import { batchesOf } from './model/stage.ts';
import { violations } from './model/violations.ts';

const zone = 'America/New_York';
const nights = [
  { name: 'goes back', noon: Date.UTC(2025, 10, 1, 16), hours: 25 },
  { name: 'goes forward', noon: Date.UTC(2025, 2, 8, 17), hours: 23 },
];

/** What a machine finds that starts again. */
function restarted(fs: ModelFs): ModelFs {
  return createModelFs({ disk: afterPowerCut(fs.disk(), onlyFlushed) });
}

/** `2025-11-02T01:30:00.000-04:00`, as a bot in that zone writes it. */
function localIso(ts: number): string {
  const { year, month, day, hour, minute } = localPartsAt(zone, ts);
  const offsetHours = (ts - Date.UTC(year, month - 1, day, hour, minute)) / HOUR;
  return `${formatIsoUtc(ts - offsetHours * HOUR).slice(0, 23)}-0${offsetHours}:00`;
}

describe('a clock that jumps', () => {
  it.each([-1, 1, -24])('loses and doubles nothing when it jumps by %i h', async (hours) => {
    const fs = createModelFs();
    let now = Date.UTC(2025, 8, 3, 15);
    const { store, compaction } = await openModelStore(fs, { clock: () => now });
    const ledger = createLedger();
    for (let minute = 0; minute < 60; minute += 5) {
      if (minute === 30) now += hours * HOUR;
      const write = ledger.write([storedRow(ledger.nextNumber(), 'SPY', '5m', now + minute * MINUTE)]);
      await store.append(batchesOf(write.rows));
      ledger.acknowledge(write);
      if (minute % 15 === 0) await store.flushParts();
      if (minute === 20 || minute === 45) await compaction.run({});
    }
    expect(violations(ledger.account(), await readBack(store))).toEqual([]);
    const again = await openModelStore(restarted(fs));
    expect(violations(ledger.account(), await readBack(again.store))).toEqual([]);
  });
});

describe.each(nights)('the night on which the clock of New York $name', ({ noon, hours }) => {
  it('has every bar once, given in local time with its offset', async () => {
    const fs = createModelFs();
    const { store, compaction } = await openModelStore(fs);
    const append = createAppendRows(store, zone);
    const opens = Array.from({ length: hours * 12 }, (_, index) => noon + index * 5 * MINUTE);
    const bar = { symbol: 'SPY', timeframe: '5m', open: 1, high: 1, low: 1, close: 1 };
    for (let start = 0; start < opens.length; start += 7) {
      const rows = opens
        .slice(start, start + 7)
        .map((ts, index) => ({ ...bar, ts: localIso(ts), volume: start + index }));
      expect(await append(candles, rows)).toMatchObject({ accepted: rows.length, rejected: [] });
      if (start % 70 === 0) await store.flushParts();
    }
    await compaction.run({ dataset: 'candles' });
    const { visible, places, faults } = await readBack((await openModelStore(restarted(fs))).store);
    expect(faults).toEqual([]);
    expect([...visible].sort()).toEqual(
      opens.map((ts, index) => [`candles spy 5m ${ts}`, index] as const).sort(),
    );
    expect([...places.values()].every((holders) => holders.length === 1)).toBe(true);
  });
});
