import type { Bench } from '../bench.ts';
import { historyFrom, historyStore, historySymbols, historyUntil } from '../stores/history-store.ts';
import { openHost } from '../stores/make-store.ts';
import { ask } from './viewport.ts';

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

function rss(): number {
  return process.memoryUsage.rss() / megabyte;
}

export const memoryBenches = [panning];
