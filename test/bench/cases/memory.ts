import type { Bench } from '../bench.ts';
import { candles } from '#schemas/datasets/candles';
import { copyOf, historyFrom, historyStore, historySymbols, historyUntil } from '../stores/history-store.ts';
import { openHost } from '../stores/make-store.ts';
import { barRow, minuteOpens } from '../stores/minute-bars.ts';
import { ask, windows } from './viewport.ts';

const never = new AbortController().signal;

const dayMs = 86_400_000;
const megabyte = 1_048_576;

const panning: Bench = {
  name: 'memory-panning',
  async run(folders) {
    const host = await openHost(folders, await historyStore(folders, 10_000));
    try {
      const before = rss();
      let highest = before;
      for (const symbol of historySymbols) {
        for (let from = historyFrom; from < historyUntil; from += 10 * dayMs) {
          await ask(host, { symbol, timeframe: '1m', from, until: from + 30 * dayMs });
          highest = Math.max(highest, rss());
        }
      }
      const note =
        'highest resident memory while four symbols are panned through ten years; plain: when opened';
      return [
        { name: 'memory-panning', ours: highest, plain: before, p50: null, p99: null, unit: 'MB', note },
      ];
    } finally {
      await host.close();
    }
  },
};

/** What a desk does in an hour: 100 symbols of 1m bars, two looks a second, a compaction every five minutes. */
const hour = { symbols: 100, minutes: 60, looksPerMinute: 120, compactEveryMinutes: 5 };

const anHour: Bench = {
  name: 'memory-hour',
  async run(folders) {
    const folder = await copyOf(folders, await historyStore(folders, 1_000));
    const host = await openHost(folders, folder);
    const symbols = Array.from({ length: hour.symbols }, (_, place) => `S${String(place).padStart(3, '0')}`);
    const opens = minuteOpens(historyUntil, 20_000).slice(15_000);
    const questions = windows(hour.looksPerMinute, 90, historySymbols);
    const levels: number[] = [];
    try {
      for (let minute = 0; minute < warmUpMinutes + hour.minutes; minute += 1) {
        const ts = opens[minute] ?? 0;
        const rows = symbols.map((symbol) => barRow(symbol, '1m', ts));
        await Promise.all(
          rows.map((row) =>
            host.store.append([{ dataset: candles.name, version: candles.version, rows: [row] }]),
          ),
        );
        for (const question of questions) await ask(host, question);
        if (minute % hour.compactEveryMinutes === 0)
          await host.handlers.compaction.run({ dataset: 'candles', level: 'day' }, never, 'cli');
        if (minute >= warmUpMinutes) levels.push(settled());
      }
    } finally {
      await host.close();
    }
    const [first, last] = [levels.slice(0, 10), levels.slice(-10)].map((some) => Math.max(...some));
    return [
      {
        ...{ name: 'memory-hour', ours: last ?? Number.NaN, plain: first ?? Number.NaN },
        ...{ p50: null, p99: null, unit: 'MB' },
        note: 'an hour of appends, looks and compactions as fast as they go: the last ten minutes; plain: the first ten',
      },
    ];
  },
};

/** Until the cache of segments is full and what is kept once is there. */
const warmUpMinutes = 10;

/** Resident memory once what is no longer used was let go. */
function settled(): number {
  globalThis.gc?.();
  return rss();
}

function rss(): number {
  return process.memoryUsage.rss() / megabyte;
}

export const memoryBenches = [panning, anHour];
