import { candles } from '#schemas/datasets/candles';
import { DAY, MINUTE } from '#shared/units';
import type { Fs } from '../../../electron/platform/fs.ts';
import { periodOf } from '../../../electron/storage/layout.ts';
import type { RowBatch } from '../../../electron/storage/log-entry.ts';
import type { Store, StoreSettings } from '../../../electron/storage/store.ts';
import { candleRow, createLedger, objectRow, type Ledger, type WrittenRow } from './ledger.ts';
import { modelStart, openModelStore, type ModelStore } from './model-store.ts';

/** What the steps of a script work on. */
export interface Stage {
  readonly ledger: Ledger;
  readonly at: () => ModelStore;
  readonly append: (...rows: readonly WrittenRow[]) => Promise<void>;
  /** All bars of one symbol on a day give way to these. */
  readonly replaceDay: (day: string, ...rows: readonly WrittenRow[]) => Promise<void>;
  readonly bar: (symbol: string, day: number, minute: number) => WrittenRow;
  readonly event: (objectId: string, day: number) => WrittenRow;
  readonly reopen: () => Promise<void>;
  readonly now: () => number;
  readonly passDays: (count: number) => void;
}

export interface StageOptions {
  readonly ledger?: Ledger;
  readonly startMs?: number;
  readonly settings?: Partial<StoreSettings>;
  /** Gets every store before anything is done with it. */
  readonly prepare?: ((store: Store) => void) | undefined;
  /** Names each opening, from the first on; without it no two runs are the same. */
  readonly writerOf?: (opening: number) => string;
}

/** Opens a store on a disk, for steps to run on one after the other. */
export async function openStage(fs: Fs, options: StageOptions = {}): Promise<Stage> {
  const { ledger = createLedger(), startMs = modelStart, settings = {}, prepare, writerOf } = options;
  let now = startMs;
  let openings = 0;
  const open = async () => {
    openings += 1;
    const opened = await openModelStore(fs, { clock: () => now, settings, writer: writerOf?.(openings) });
    prepare?.(opened.store);
    return opened;
  };
  let current = await open();
  return {
    ledger,
    at: () => current,
    async append(...rows) {
      const write = ledger.write(rows);
      await current.store.append(batchesOf(rows));
      ledger.acknowledge(write);
    },
    async replaceDay(day, ...rows) {
      const symbol = rows[0]?.values[0];
      const write = ledger.write(rows, ({ dataset, values }) => {
        const [name, , ts] = values;
        return dataset === candles && name === symbol && periodOf('day', Number(ts)) === day;
      });
      await current.replaceDay({ timeframe: '5m', day, rows: rows.map(inputOf) });
      ledger.acknowledge(write);
    },
    bar: (symbol, day, minute) =>
      candleRow(ledger.nextNumber(), symbol, '5m', modelStart + day * DAY + minute * MINUTE),
    event: (objectId, day) => objectRow(ledger.nextNumber(), 'SPY', objectId, modelStart + day * DAY),
    async reopen() {
      await current.store.close();
      current = await open();
    },
    now: () => now,
    passDays(count) {
      now += count * DAY;
    },
  };
}

/** A row as a caller outside would give it. */
function inputOf({ dataset, values }: WrittenRow): object {
  return Object.fromEntries(Object.keys(dataset.columns).map((name, index) => [name, values[index]]));
}

export function batchesOf(rows: readonly WrittenRow[]): RowBatch[] {
  return [...new Set(rows.map(({ dataset }) => dataset))].map((dataset) => ({
    dataset: dataset.name,
    version: dataset.version,
    rows: rows.filter((row) => row.dataset === dataset).map(({ values }) => values),
  }));
}
