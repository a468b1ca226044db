import { createClient } from '#shared/ipc';
import { unpackBars } from '#shared/domain/candle';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../electron/open-store.ts';
import type { Child } from '../../electron/platform/child.ts';
import { forkFrom } from '../../electron/platform/fork-child.ts';
import { candleRow, fiveMinutes, openingBell } from '../helpers/rows.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { copyPrograms, type Programs } from './kill/programs.ts';

let programs: Programs;
beforeAll(async () => {
  programs = await copyPrograms();
}, 120_000);
afterAll(() => programs.remove());

/** A store whose child processes are at hand. */
async function setup() {
  const children: Child[] = [];
  const start = forkFrom(programs.folder);
  const bridge = await openStore({
    folder: await tempFolder(),
    create: true,
    startChild: (program) => {
      const child = start(program);
      children.push(child);
      return child;
    },
    appVersion: '0.0.0',
  });
  onTestFinished(() => bridge.close());
  const client = createClient(bridge);
  for (let index = 0; index < 20; index += 1) {
    await client.candles.append({ rows: [candleRow({ ts: fiveMinutes(index), volume: index })] });
  }
  const volumes = async () => {
    const range = { symbol: 'SPY', timeframe: '5m', from: openingBell, until: fiveMinutes(100) };
    return Array.from(unpackBars((await client.candles.viewport(range)).bars).volume);
  };
  return { children, client, volumes };
}

const all = Array.from({ length: 20 }, (_, index) => index);

describe('the process that compacts', () => {
  it('may be killed at work: the compaction fails, nothing has changed, and the next one is done', async () => {
    const { children, client, volumes } = await setup();
    const compacting = client.compaction.run({ dataset: 'candles' });
    await expect.poll(() => children.length).toBe(1);
    children[0]!.kill();
    await expect(compacting).rejects.toMatchObject({ code: 'unexpected' });
    expect(await volumes()).toEqual(all);
    expect(await client.compaction.run({ dataset: 'candles' })).toMatchObject([{ rowsOut: 20 }]);
    expect(await volumes()).toEqual(all);
  });
});
