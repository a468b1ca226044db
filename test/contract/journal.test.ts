import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unpackPage } from '#shared/domain/sql-page';
import type { Client } from '#shared/ipc';
import { openTestStore } from '../helpers/open-test-store.ts';
import { openingBell, type GivenRow } from '../helpers/rows.ts';

const dayMs = 86_400_000;

function decision(number: number, change: GivenRow = {}): GivenRow {
  return {
    symbol: 'SPY',
    timeframe: '5m',
    run_id: 'run-1',
    decision_id: `d-${number}`,
    ts: openingBell + number * 1_000,
    action: 'skip',
    ...change,
  };
}

const append = (client: Client, ...rows: readonly GivenRow[]) =>
  client.journal.append({ dataset: 'decisions', rows });

async function listed(client: Client, change: { until?: number; limit?: number; symbol?: string } = {}) {
  const page = await client.journal.list({ dataset: 'decisions', symbol: 'SPY', limit: 100, ...change });
  return { ids: page.rows.map((row) => row['decision_id']), hasMore: page.hasMore };
}

describe('the journal', () => {
  it('lists what was decided, newest first, each decision as it was written last', async () => {
    const { client } = await openTestStore();
    await append(client, decision(1), decision(2), decision(3, { symbol: 'QQQ' }));
    await append(client, decision(1, { action: 'enter-long', price: 640.5, confidence: 0.7 }));
    const { rows } = await client.journal.list({ dataset: 'decisions', symbol: 'SPY', limit: 10 });
    expect(rows.map((row) => [row['decision_id'], row['action'], row['price']])).toEqual([
      ['d-2', 'skip', null],
      ['d-1', 'enter-long', 640.5],
    ]);
  });

  it('shows nothing that was decided later than asked for, and says that there is more than the limit', async () => {
    const { client } = await openTestStore();
    await append(client, ...[1, 2, 3, 4].map((number) => decision(number)));
    const until = openingBell + 3_000;
    expect(await listed(client, { until })).toEqual({ ids: ['d-2', 'd-1'], hasMore: false });
    expect(await listed(client, { until, limit: 1 })).toEqual({ ids: ['d-2'], hasMore: true });
  });

  it('goes back over years that hold few rows', async () => {
    const { client } = await openTestStore();
    await append(
      client,
      ...[0, 400, 4_000].map((days) => decision(days, { ts: openingBell - days * dayMs })),
    );
    expect(await listed(client)).toEqual({ ids: ['d-0', 'd-400', 'd-4000'], hasMore: false });
  });

  it('merges a decision that was sent twice into one, and finds it in the file of its day', async () => {
    const { client, folder, compact } = await openTestStore();
    await append(client, decision(1), decision(2, { timeframe: '15M' }));
    await client.files.list({});
    await append(client, decision(1, { action: 'exit' }));
    const reports = await compact({ dataset: 'decisions' });
    expect(reports.map(({ output, rowsIn, rowsOut }) => [output, rowsIn, rowsOut])).toEqual([
      ['decisions/15m/2025-09-02.parquet', 1, 1],
      ['decisions/5m/2025-09-02.parquet', 2, 1],
    ]);
    expect(await readdir(join(folder, 'decisions', '5m'))).toContain('2025-09-02.parquet');
    expect((await listed(client)).ids).toEqual(['d-2', 'd-1']);
    expect(await client.verify.run({ deep: true })).toMatchObject({ isClean: true });
  });

  it('merges and checks audits, stats and policies, which have no price, as well', async () => {
    const { client, compact } = await openTestStore();
    const { symbol, timeframe, run_id, ts } = decision(1);
    const about = { symbol, timeframe, ts };
    const rows = {
      audits: { ...about, run_id, audit_id: 'a', rule: 'size', outcome: 'pass' },
      stats: { ...about, run_id, name: 'win-rate', value: 61.5 },
      policies: { ...about, policy_version: '1.0', name: 'zones' },
    } as const;
    for (const dataset of ['audits', 'stats', 'policies'] as const) {
      await client.journal.append({ dataset, rows: [rows[dataset]] });
      await client.files.list({});
      await client.journal.append({ dataset, rows: [rows[dataset]] });
      const [report] = await compact({ dataset });
      expect(report).toMatchObject({ rowsIn: 2, rowsOut: 1, duplicates: 1 });
      const page = await client.journal.list({ dataset, symbol: 'SPY', limit: 10 });
      expect(page.rows).toHaveLength(1);
    }
    expect(await client.verify.run({ deep: true })).toMatchObject({ isClean: true });
  });

  it('keeps trades and quotes tick by tick, each number of a feed once, by day and then by month', async () => {
    const { client, folder, compact } = await openTestStore();
    const about = { symbol: 'SPY', source: 'tape' };
    const trade = (sequence: number, change: GivenRow = {}) => ({
      ...{ ...about, sequence, ts: openingBell + sequence, price: 640.25, size: 100 },
      ...change,
    });
    const quote = { ...about, sequence: 1, ts: openingBell, bid: 640.2, bid_size: 300, ask: 640.3 };
    await client.journal.append({ dataset: 'trades', rows: [trade(1), trade(2, { timeframe: 'TICK' })] });
    await client.journal.append({ dataset: 'quotes', rows: [quote] });
    await client.files.list({});
    const late = [
      trade(2, { size: 50, side: 'sell' }),
      trade(3, { ts: openingBell + 30 * dayMs, price: -1 }),
    ];
    await client.journal.append({ dataset: 'trades', rows: late });
    await compact({});
    await compact({ dataset: 'trades', level: 'month' });
    expect(await readdir(join(folder, 'trades', 'tick'))).toEqual(['2025-09.parquet', '2025-10.parquet']);
    const { rows } = await client.journal.list({ dataset: 'trades', symbol: 'SPY', limit: 10 });
    expect(rows.map(({ timeframe, price, size, side }) => [timeframe, price, size, side])).toEqual([
      ['tick', -1, 100, null],
      ['tick', 640.25, 50, 'sell'],
      ['tick', 640.25, 100, null],
    ]);
    const text =
      'select t.price, q.bid from trades t asof join quotes q using (symbol, source, ts) order by t.ts';
    const { page } = await client.sql.run({ tab: 'test', text });
    expect(unpackPage(page)).toEqual([
      ['640.25', '640.2'],
      ['640.25', '640.2'],
      ['-1', '640.2'],
    ]);
    expect(await client.verify.run({ deep: true })).toMatchObject({ isClean: true });
  });

  it('takes no bars for trades', async () => {
    const { client } = await openTestStore();
    const bar = {
      symbol: 'SPY',
      timeframe: '5m',
      source: 'x',
      sequence: 1,
      ts: openingBell,
      price: 1,
      size: 1,
    };
    expect(await client.journal.append({ dataset: 'trades', rows: [bar] })).toMatchObject({
      accepted: 0,
      rejected: [{ line: 1, field: 'timeframe', reason: 'must be tick: 5m' }],
    });
  });

  it('refuses a row by its field, and keeps the good ones beside it', async () => {
    const { client } = await openTestStore();
    const answer = await append(client, decision(1, { run_id: '' }), decision(2), decision(3, { price: -1 }));
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: [
        { line: 1, field: 'run_id', reason: 'must not be empty' },
        { line: 3, field: 'price', reason: 'must be above 0, is -1' },
      ],
    });
  });

  it('is asked of like all else in SQL, audits beside what they audited', async () => {
    const { client } = await openTestStore();
    await append(client, decision(1, { action: 'enter-long' }), decision(2));
    const { symbol, timeframe, run_id, decision_id, ts } = decision(1);
    const audit = {
      symbol,
      timeframe,
      run_id,
      decision_id,
      ts,
      audit_id: 'a-1',
      rule: 'size',
      outcome: 'fail',
    };
    await client.journal.append({ dataset: 'audits', rows: [audit] });
    const text = `select decision_id, action, outcome from decisions join audits using (run_id, decision_id)`;
    const { page } = await client.sql.run({ tab: 'test', text });
    expect(unpackPage(page)).toEqual([['d-1', 'enter-long', 'fail']]);
  });
});
