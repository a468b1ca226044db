import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';

/** DuckDB for the running test. Files may be written and read back under one name. */
export async function testEngine(): Promise<Engine> {
  const engine = await createEngine({ threads: 1, memoryLimit: '256MB', trustsFileNames: false });
  onTestFinished(() => {
    engine.close();
  });
  return engine;
}

/** Writes what a query answers to a Parquet file, folders included. */
export async function writeParquet(engine: Engine, path: string, query: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await engine.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
}

/** One bar for the SELECT of a file: its time is spelled as the test wants it. */
export function barSql(
  time: string,
  { symbol = 'SPY', timeframe = '5m', price = 100, volume = 10 } = {},
): string {
  return `SELECT '${symbol}' AS symbol, '${timeframe}' AS timeframe, ${time}, ${price}::DOUBLE AS open,
    ${price + 1}::DOUBLE AS high, ${price - 1}::DOUBLE AS low, ${price}::DOUBLE AS close, ${volume}::DOUBLE AS volume`;
}
