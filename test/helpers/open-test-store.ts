import type { StoreSettingsDocument } from '#schemas/documents/store-document';
import { candleAt, unpackBars, type Candle } from '#shared/domain/candle';
import type { ViewportAnswer } from '#shared/domain/viewport';
import { createClient, type Client, type CompactionRequest, type ViewportQuestion } from '#shared/ipc';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createStoreFile, readStoreFile } from '../../electron/documents/store-file.ts';
import type { SchedulePace } from '../../electron/jobs/schedules/schedules.ts';
import { openStore } from '../../electron/open-store.ts';
import { forkFrom } from '../../electron/platform/fork-child.ts';
import { keepChildren } from './keep-children.ts';
import { openingBell, type GivenRow } from './rows.ts';
import { tempFolder } from './temp-folder.ts';

/** Where the programs that run beside a store lie once the product is built. */
export const builtPrograms = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  'build',
  'out',
  'main',
);

/** Starting a program costs more than most tests: stores that follow one another share it. */
const startChild = keepChildren(builtPrograms);

/** A viewport with its bars as rows. */
export interface View extends Omit<ViewportAnswer, 'bars'> {
  readonly candles: readonly Candle[];
}

export interface TestStore {
  readonly folder: string;
  readonly client: Client;
  /** Stores rows; all of them must be good. */
  readonly append: (...rows: readonly GivenRow[]) => Promise<void>;
  readonly appendObjects: (...rows: readonly GivenRow[]) => Promise<void>;
  /** SPY 5m of the day of the opening bell, but for what is said. */
  readonly view: (change?: Partial<ViewportQuestion>) => Promise<View>;
  readonly compact: (request?: CompactionRequest) => ReturnType<Client['compaction']['run']>;
  readonly close: () => Promise<void>;
}

export interface TestStoreOptions {
  /** One that is there already, or is to be made. */
  readonly folder?: string;
  readonly settings?: Partial<StoreSettingsDocument>;
  readonly access?: 'own' | 'read';
  /** Starts the product's programs for this store alone, in place of those that are kept for the next. */
  readonly ownPrograms?: boolean;
  /** Runs the schedules, by a clock of the test. */
  readonly schedules?: SchedulePace;
}

const dayMs = 86_400_000;
const midnight = Math.floor(openingBell / dayMs) * dayMs;

/** A real store in a folder of its own, asked through its contract as every other process asks. Closed with the test. */
export async function openTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  const folder = options.folder ?? (await tempFolder());
  if ((await readStoreFile(folder)) === null) {
    await createStoreFile(folder, openingBell, { settings: options.settings ?? {} });
  }
  const bridge = await openStore({
    folder,
    create: false,
    startChild: options.ownPrograms === true ? forkFrom(builtPrograms) : startChild,
    appVersion: '0.0.0',
    access: options.access ?? 'own',
    ...(options.schedules === undefined ? {} : { schedules: options.schedules }),
  });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= bridge.close());
  onTestFinished(close);
  const client = createClient(bridge);
  return {
    folder,
    client,
    append: (...rows) => stored(client.candles.append({ rows })),
    appendObjects: (...rows) => stored(client.objects.append({ rows })),
    view: async (change = {}) => {
      const question = { symbol: 'SPY', timeframe: '5m', from: midnight, until: midnight + dayMs, ...change };
      return viewOf(await client.candles.viewport(question));
    },
    compact: (request = {}) => client.compaction.run(request),
    close,
  };
}

function viewOf({ bars: packed, ...answer }: ViewportAnswer): View {
  const bars = unpackBars(packed);
  return { ...answer, candles: Array.from(bars.ts, (_, index) => candleAt(bars, index)!) };
}

async function stored(answer: ReturnType<Client['candles']['append']>): Promise<void> {
  const { rejected } = await answer;
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
}
