import { barColumns, lowerBound } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { createBarReader } from '../../../../electron/queries/bar-reader.ts';
import type { Store } from '../../../../electron/storage/store.ts';
import { fileEntry } from '../../../helpers/file-entry.ts';
import { evenBars } from '../../../helpers/flat-bars.ts';

const month = (number: number) => Date.UTC(2025, number - 1, 1);
const timeframe = parseTimeframe('15m')!;
const stored = evenBars((month(9) - month(1)) / 900_000, 900_000, month(1));
const timesBetween = (from: number, until: number) =>
  stored.ts.subarray(lowerBound(stored.ts, from), lowerBound(stored.ts, until));

/** A reader of eight months in one file, that can keep `months` of them. */
function setup(months: number) {
  const file = fileEntry({
    path: 'data/15m/2025.parquet',
    ...{ first: month(1), last: month(9) - 900_000, rows: stored.ts.length },
  });
  const store = {
    ...{ generation: 1, sequence: 1, access: 'owner', pin: () => () => undefined },
    tail: { bars: () => undefined },
    catalog: {
      ...{ monthVersion: () => 1, seriesVersion: () => 1, unreadable: () => [] },
      filesOnDisk: () => [file],
      filesToRead: () => [file],
    },
  } as unknown as Store;
  const asked: string[] = [];
  const engine = {
    numbers: async (_: string, [, from, until]: readonly number[]) => {
      asked.push(
        `${new Date(from!).toISOString().slice(5, 7)}-${new Date(until!).toISOString().slice(5, 7)}`,
      );
      // Others have their turns meanwhile.
      for (let turn = asked.length % 5; turn > 0; turn -= 1) await Promise.resolve();
      const [start, end] = [lowerBound(stored.ts, from!), lowerBound(stored.ts, until!)];
      return barColumns.map((column) => stored[column].slice(start, end));
    },
  } as unknown as Engine;
  const bytesOfMonth = 6 * 512 * 48 + 500;
  const reader = createBarReader(store, engine, '/store', months * bytesOfMonth);
  return {
    asked,
    times: async (from: number, until: number) =>
      (await reader.read({ symbol: 'SPY', timeframe, from, until, levels: 'all' })).bars.ts,
  };
}

describe('createBarReader', () => {
  it('reads a month once', async () => {
    const { asked, times } = setup(8);
    await times(month(2), month(3));
    await times(month(1) + 5, month(4) - 5);
    expect(await times(month(1), month(4))).toEqual(timesBetween(month(1), month(4)));
    expect(asked).toEqual(['02-03', '01-02', '03-04']);
  });

  it('answers a range that is longer than what it can keep', async () => {
    const { times } = setup(2);
    expect(await times(month(4), month(5))).toEqual(timesBetween(month(4), month(5)));
    expect(await times(month(1), month(9))).toEqual(stored.ts);
    expect(await times(month(1), month(9))).toEqual(stored.ts);
  });

  it('answers many at once with the bars that each asked for, while they push out what others found', async () => {
    const { times } = setup(3);
    const pan = async (reader: number) => {
      for (let step = 0; step < 8; step += 1) {
        const first = 1 + ((reader * 3 + step) % 8);
        const [from, until] = [month(first) + 1, month(Math.min(9, first + 2))];
        expect(await times(from, until)).toEqual(timesBetween(from, until));
      }
    };
    await Promise.all([0, 1, 2, 3].map(pan));
  });
});
