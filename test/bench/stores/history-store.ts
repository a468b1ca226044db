import { candles } from '#schemas/datasets/candles';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchFolders } from '../bench.ts';
import { appendParts, keptStore, writeCompacted, type StoreMaker } from './make-store.ts';
import { barRow, barsSql, minuteOpens } from './minute-bars.ts';

export const historySymbols = ['SPY', 'QQQ', 'IWM', 'DIA'];
export const historyFrom = Date.UTC(2015, 8, 1);
export const historyUntil = Date.UTC(2025, 8, 1);

/** Ten years of 1m bars of four symbols in month files, and then as many loose one-row parts of SPY. */
export function historyStore(folders: BenchFolders, parts: number): Promise<string> {
  return keptStore(folders, `history-1-${parts}`, async (maker) => {
    await writeHistory(maker);
    const opens = minuteOpens(historyUntil, parts);
    await appendParts(
      maker,
      opens.map((ts) => barRow('SPY', '1m', ts)),
    );
  });
}

async function writeHistory(maker: StoreMaker): Promise<void> {
  const files = [];
  for (let at = historyFrom; at < historyUntil;) {
    const date = new Date(at);
    const until = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    const period = date.toISOString().slice(0, 7);
    files.push(await writeCompacted(maker, candles, '1m', period, barsSql(historySymbols, at, until)));
    at = until;
  }
  await maker.store.swap(files, []);
}

/** A copy to write to. */
export async function copyOf(folders: BenchFolders, store: string): Promise<string> {
  const copy = join(folders.scratch, 'copy');
  await cp(store, copy, { recursive: true });
  return copy;
}
