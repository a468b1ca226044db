import type { ViewportQuestion } from '#shared/ipc';
import { createEngine } from '../../../electron/engine/engine.ts';
import type { StoreHost } from '../../../electron/store-host.ts';
import { medians, type Bench } from '../bench.ts';
import { randomFrom } from '../random.ts';
import { historyFrom, historyStore, historySymbols, historyUntil } from '../stores/history-store.ts';
import { openHost } from '../stores/make-store.ts';
import { sample, sampled, timed } from '../timing.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;

/** Windows of 1m bars of up to so many days, anywhere in ten years and the loose weeks after them. */
export function windows(
  count: number,
  days: number,
  symbols: readonly string[] = ['SPY'],
): ViewportQuestion[] {
  const random = randomFrom(7);
  const lastDay = historyUntil + 30 * dayMs;
  return Array.from({ length: count }, () => {
    const length = Math.ceil(random() * days) * dayMs;
    const from = historyFrom + Math.floor((random() * (lastDay - length - historyFrom)) / 60_000) * 60_000;
    const symbol = symbols[Math.floor(random() * symbols.length)] ?? 'SPY';
    return { symbol, timeframe: '1m', from, until: from + length };
  });
}

export function ask(host: StoreHost, question: ViewportQuestion) {
  return host.handlers.candles.viewport(question, never, 'cli');
}

/** What programs of this kind do: one query over a pattern, no catalog and no cache. */
async function globReader(folder: string) {
  const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
  const sql = `SELECT ts::DOUBLE, open, high, low, close, volume FROM read_parquet('${folder}/data/1m/**/*.parquet')
    WHERE symbol = $1 AND ts >= $2 AND ts < $3 ORDER BY ts`;
  return {
    ask: ({ symbol, from, until }: ViewportQuestion) => engine.numbers(sql, [symbol, from, until]),
    close: () => engine.close(),
  };
}

function warmAgainstGlob(parts: number): Bench {
  const name = `viewport-warm-${parts}`;
  return {
    name,
    async run(folders) {
      const folder = await historyStore(folders, parts);
      const host = await openHost(folders, folder);
      const glob = await globReader(folder);
      try {
        const questions = windows(400, 90);
        for (const question of questions) await ask(host, question);
        const ours = await sample(questions.length, (index) => ask(host, questions[index]!));
        const plain = await sample(5, (index) => glob.ask(questions[index]!));
        const note = `10 years of 1m and ${parts} loose parts, up to 90 days; plain: one glob query`;
        return [medians(name, { ours, plain }, note)];
      } finally {
        glob.close();
        await host.close();
      }
    },
  };
}

/** One symbol of ten years by windows that follow one another, so that each needs a file that was never read before. */
function unread(symbol: string): ViewportQuestion[] {
  const questions: ViewportQuestion[] = [];
  for (let from = historyFrom; from < historyUntil - 30 * dayMs; from += 30 * dayMs) {
    questions.push({ symbol, timeframe: '1m', from, until: from + 30 * dayMs });
  }
  return questions;
}

const cold: Bench = {
  name: 'viewport-cold',
  async run(folders) {
    const folder = await historyStore(folders, 1_000);
    const glob = await globReader(folder);
    const samples: number[] = [];
    try {
      for (const symbol of historySymbols) {
        const host = await openHost(folders, folder);
        // The program is open: its first question of all was for something else.
        await ask(host, { symbol, timeframe: '1m', from: historyUntil - 9 * dayMs, until: historyUntil });
        for (const question of unread(symbol)) samples.push(await timed(() => ask(host, question)));
        await host.close();
      }
      const questions = unread('SPY');
      const plain = await sample(10, (index) => glob.ask(questions[index * 10]!));
      const ours = sampled(samples);
      const note = '30 days of files that were never read, through DuckDB; plain: one glob query';
      return [medians('viewport-cold', { ours, plain }, note)];
    } finally {
      glob.close();
    }
  },
};

const manyParts: Bench = {
  name: 'viewport-50000-parts',
  async run(folders) {
    const [few, many] = [await historyStore(folders, 100), await historyStore(folders, 50_000)];
    const questions = windows(400, 90);
    const measure = async (folder: string) => {
      const host = await openHost(folders, folder);
      try {
        for (const question of questions) await ask(host, question);
        return await sample(questions.length, (index) => ask(host, questions[index]!));
      } finally {
        await host.close();
      }
    };
    const plain = await measure(few);
    const ours = await measure(many);
    const note = 'warm, 50,000 loose parts; plain: ours with 100';
    const measured = medians('viewport-50000-parts', { ours, plain }, note);
    return [measured];
  },
};

export const viewportBenches = [...[100, 1_000, 10_000].map(warmAgainstGlob), cold, manyParts];
