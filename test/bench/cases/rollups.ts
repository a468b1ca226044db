import { rollupTimeframes } from '#shared/domain/rollup';
import { bucketAt } from '#shared/domain/session-calendar';
import { timeframeLength } from '#shared/domain/timeframe';
import { resampleBars } from '#shared/math/resample';
import { createEngine } from '../../../electron/engine/engine.ts';
import { medians, type Bench, type Measured } from '../bench.ts';
import { copyOf, historyFrom, historyStore, historyUntil } from '../stores/history-store.ts';
import { openHost } from '../stores/make-store.ts';
import { millionBars } from '../stores/minute-bars.ts';
import { sample, sampleByTurns, timed } from '../timing.ts';
import { ask } from './viewport.ts';

const never = new AbortController().signal;

const cascade: Bench = {
  name: 'rollup-cascade',
  async run() {
    const bars = millionBars();
    const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
    try {
      await engine.run(
        'CREATE TABLE bars (ts DOUBLE, open DOUBLE, high DOUBLE, low DOUBLE, close DOUBLE, volume DOUBLE)',
      );
      await engine.fillNumbers('bars', [bars.ts, bars.open, bars.high, bars.low, bars.close, bars.volume]);
      const { ours, plain } = await sampleByTurns(
        12,
        () => {
          for (const timeframe of rollupTimeframes)
            resampleBars(bars, (ts) => bucketAt('us-equity', timeframe, ts));
        },
        async () => {
          for (const timeframe of rollupTimeframes) {
            await engine.numbers(
              `SELECT floor(ts / ${timeframeLength(timeframe)}) AS bucket, arg_min(open, ts), max(high), min(low),
                 arg_max(close, ts), sum(volume) FROM bars GROUP BY bucket ORDER BY bucket`,
              [],
            );
          }
        },
      );
      const note =
        'a million 1m bars to 5m, 15m, 1h, 4h and 1d by sessions; plain: GROUP BY in DuckDB, from memory, by UTC';
      return [medians('rollup-cascade', { ours, plain }, note)];
    } finally {
      engine.close();
    }
  },
};

const decade: Bench = {
  name: 'rollup-decade',
  async run(folders) {
    const folder = await copyOf(folders, await historyStore(folders, 100));
    const questions = ['1d', '4h', '1h'].map((timeframe) => ({
      symbol: 'SPY',
      timeframe,
      from: historyFrom,
      until: historyUntil,
      objects: false,
    }));
    const coldAndWarm = async () => {
      const host = await openHost(folders, folder);
      try {
        const cold = [];
        for (const question of questions) cold.push(await timed(() => ask(host, question)));
        return {
          cold: cold[0] ?? Number.NaN,
          warm: await sample(60, (index) => ask(host, questions[index % 3]!)),
        };
      } finally {
        await host.close();
      }
    };
    const without = await coldAndWarm();
    const host = await openHost(folders, folder);
    await host.handlers.rollups.refresh({}, never, 'cli');
    await host.close();
    const ours = await coldAndWarm();
    const note = 'ten years as 1d, 4h and 1h; plain: the same without rollups';
    const line = (name: string, our: number, plain: number): Measured => ({
      ...{ name, ours: our, plain, unit: 'ms' as const, note },
      ...{ p50: null, p99: null },
    });
    return [
      line('rollup-decade-cold', ours.cold, without.cold),
      {
        ...line('rollup-decade-warm', ours.warm.p50, without.warm.p50),
        p50: ours.warm.p50,
        p99: ours.warm.p99,
      },
    ];
  },
};

export const rollupBenches: readonly Bench[] = [cascade, decade];
