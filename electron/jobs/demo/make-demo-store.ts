import type { Bars } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import { groupBy } from '#shared/group-by';
import { DAY } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { Dataset } from '#schemas/define-dataset';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createStoreFile } from '../../documents/store-file.ts';
import { createEngine } from '../../engine/engine.ts';
import { systemClock } from '../../platform/clock.ts';
import { diskFs } from '../../platform/fs.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { firstCompactedLevel, periodOf } from '../../storage/layout.ts';
import { encodePart } from '../../storage/part-writer.ts';
import { defaultStoreSettings, Store } from '../../storage/store.ts';
import { createCurrentObjects } from '../current-objects.ts';
import { writePeriod, type LoadParts } from '../load-period.ts';
import { demoJournal } from './demo-journal.ts';
import { demoMarket, type DemoMarket } from './demo-market.ts';
import type { TimedRow } from './demo-rows.ts';
import { demoTicks } from './demo-ticks.ts';

export interface DemoStoreMade {
  readonly symbols: readonly string[];
  readonly candles: number;
  readonly events: number;
}

/** The last days stay loose, as a bot leaves them, so that there is something to compact. */
const looseDays = 2;
const hourMs = 3_600_000;

/**
 * Makes a store of invented markets in an empty or missing folder. The same every time but for ids and times of writing.
 * When that fails or the signal is aborted, the folder is empty again.
 */
export async function makeDemoStore(
  folder: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<DemoStoreMade> {
  await makeFolder(folder);
  if ((await readdir(folder)).length > 0) {
    throw new WorkbenchError(
      'argument-invalid',
      `${folder} is not empty: the demo store needs a folder of its own`,
    );
  }
  try {
    return await fillFolder(folder, signal);
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}

async function fillFolder(folder: string, signal: AbortSignal): Promise<DemoStoreMade> {
  const market = demoMarket();
  const document = await createStoreFile(folder, systemClock(), {
    isDemo: true,
    name: 'Demo store',
    settings: {
      home: { symbol: 'SPY', timeframe: '5m' },
      calendars: Object.fromEntries(market.symbols.map(({ symbol, calendar }) => [symbol, calendar])),
    },
  });
  const store = await Store.open({
    fs: diskFs(folder),
    clock: systemClock,
    encodePart,
    settings: defaultStoreSettings,
    storeId: document.id,
    access: 'owner',
  });
  const engine = await createEngine({ threads: 2, memoryLimit: '512MB', trustsFileNames: false });
  try {
    const calendars = new Map(market.symbols.map(({ symbol, calendar }) => [symbol, calendar]));
    const calendarOf = (symbol: string) => calendars.get(symbol) ?? document.settings.defaultCalendar;
    const parts = { store, engine, root: folder, storeId: document.id, calendarOf, signal };
    const bars = barRows(market);
    const events = eventRows(market.events);
    const lastTs = bars.reduce((last, { tsMs }) => Math.max(last, tsMs), 0);
    const looseFrom = Math.floor(lastTs / DAY) * DAY - (looseDays - 1) * DAY;
    await loadCompacted(
      parts,
      candles,
      bars.filter(({ tsMs }) => tsMs < looseFrom),
    );
    await loadCompacted(
      parts,
      objects,
      events.filter(({ tsMs }) => tsMs < looseFrom),
    );
    for (const { dataset, rows } of [...demoJournal(market), ...demoTicks(market)])
      await loadCompacted(parts, dataset, rows, 'month');
    await appendByHour(parts, bars, events, looseFrom);
    await createCurrentObjects(store, engine, folder).rebuild();
    await store.checkpoint();
    return {
      symbols: market.symbols.map(({ symbol }) => symbol),
      candles: bars.length,
      events: events.length,
    };
  } finally {
    await store.close();
    engine.close();
  }
}

type DemoParts = LoadParts & { readonly signal: AbortSignal };

async function loadCompacted(
  parts: DemoParts,
  dataset: Dataset,
  rows: readonly TimedRow[],
  level = firstCompactedLevel(dataset),
): Promise<void> {
  const groups = groupBy(rows, ({ timeframe, tsMs }) => `${timeframe} ${periodOf(level, tsMs)}`);
  const files = [];
  for (const [key, group] of groups) {
    parts.signal.throwIfAborted();
    const [timeframe = '', period = ''] = key.split(' ');
    files.push(
      await writePeriod(
        parts,
        dataset,
        timeframe,
        period,
        group.map(({ row }) => row),
      ),
    );
  }
  if (files.length > 0) await parts.store.swap(files, []);
}

/** As a bot would have written them: hour by hour, each hour's rows in parts of their own. */
async function appendByHour(
  { store, signal }: DemoParts,
  bars: readonly TimedRow[],
  events: readonly TimedRow[],
  from: number,
): Promise<void> {
  const hourOf = ({ tsMs }: TimedRow) => String(Math.floor(tsMs / hourMs));
  const isLoose = ({ tsMs }: TimedRow) => tsMs >= from;
  const barsByHour = groupBy(bars.filter(isLoose), hourOf);
  const eventsByHour = groupBy(events.filter(isLoose), hourOf);
  const hours = [...new Set([...barsByHour.keys(), ...eventsByHour.keys()])].sort(
    (a, b) => Number(a) - Number(b),
  );
  for (const hour of hours) {
    signal.throwIfAborted();
    await store.append([
      batchOf(candles, barsByHour.get(hour) ?? []),
      batchOf(objects, eventsByHour.get(hour) ?? []),
    ]);
    await store.flushParts();
  }
}

function batchOf(dataset: Dataset, rows: readonly TimedRow[]) {
  return { dataset: dataset.name, version: dataset.version, rows: rows.map(({ row }) => row) };
}

function barRows({ symbols }: DemoMarket): TimedRow[] {
  return symbols.flatMap(({ symbol, bars }) =>
    [...bars].flatMap(([timeframe, columns]) => rowsOfBars(symbol, timeframe, columns)),
  );
}

function rowsOfBars(symbol: string, timeframe: string, bars: Bars): TimedRow[] {
  return Array.from(bars.ts, (tsMs, index) => {
    const values: Readonly<Record<string, string | number>> = {
      symbol,
      timeframe,
      ts: tsMs,
      ts_iso: formatIsoUtc(tsMs),
      open: bars.open[index] ?? 0,
      high: bars.high[index] ?? 0,
      low: bars.low[index] ?? 0,
      close: bars.close[index] ?? 0,
      volume: bars.volume[index] ?? 0,
      source: 'demo',
      schema_version: candles.version,
    };
    return { timeframe, tsMs, row: Object.keys(candles.columns).map((name) => values[name] ?? null) };
  });
}

function eventRows(events: readonly ObjectEvent[]): TimedRow[] {
  return events.map((event) => {
    const values: Readonly<Record<string, unknown>> = {
      ...event,
      event_ts_iso: formatIsoUtc(event.event_ts),
      payload: event.payload === null ? null : JSON.stringify(event.payload),
      schema_version: objects.version,
    };
    const row = Object.keys(objects.columns).map((name) => (values[name] ?? null) as string | number | null);
    return { timeframe: event.timeframe.toLowerCase(), tsMs: event.event_ts, row };
  });
}
