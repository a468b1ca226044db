import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { defaultGuardrails, defaultPolicies } from '#schemas/documents/retention-settings';
import { describe, expect, it } from 'vitest';
import { openTestStore } from '../helpers/open-test-store.ts';
import { candleRow, fiveMinutes } from '../helpers/rows.ts';
import { runCli } from '../helpers/run-cli.ts';

const bar = (index: number) => candleRow({ ts: fiveMinutes(index), volume: index });

async function onDisk(folder: string): Promise<Record<string, unknown>> {
  const document = JSON.parse(await readFile(join(folder, 'store.json'), 'utf8')) as {
    readonly settings: Record<string, unknown>;
  };
  return document.settings;
}

describe('settings of an open store', () => {
  it('hold for the next call, lose no row, and are on disk', async () => {
    const { client, folder, append, view } = await openTestStore();
    await append(bar(0), bar(1));
    const answer = await client.settings.change({ change: { zone: 'America/New_York', trashDays: 30 } });
    expect(answer.changed).toEqual(['zone', 'trashDays']);
    const { assumedZone } = await client.candles.append({
      rows: [{ ...bar(2), ts: '2025-09-02T09:40:00' }],
    });
    expect(assumedZone).toEqual({ zone: 'America/New_York', rows: 1 });
    expect((await view()).candles.map(({ volume }) => volume)).toEqual([0, 1, 2]);
    expect(await client.settings.read({})).toMatchObject({ zone: 'America/New_York', trashDays: 30 });
    expect(await onDisk(folder)).toMatchObject({ zone: 'America/New_York', trashDays: 30 });
  });

  it('change while bots append, and every row that was acknowledged is there', async () => {
    const { client, append, view } = await openTestStore();
    const appends = Array.from({ length: 40 }, (_, index) => append(bar(index)));
    await Promise.all([client.settings.change({ change: { rowsPerPart: 1 } }), ...appends]);
    expect((await view()).candles).toHaveLength(40);
  });

  it('tell who listens that the calendar of a symbol is another', async () => {
    const { client, append } = await openTestStore({ settings: { defaultCalendar: 'crypto' } });
    await append(bar(0));
    const told: number[] = [];
    client.store.changed(({ sequence }) => told.push(sequence));
    await client.settings.change({ change: { calendars: { SPY: 'us-equity' } } });
    expect(await client.symbols.list({})).toMatchObject([{ symbol: 'SPY', calendar: 'us-equity' }]);
    await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0);
  });

  it('are called by the name that is given, and by that of the folder again', async () => {
    const { client, folder } = await openTestStore();
    expect(await client.settings.change({ change: { name: ' Desk 4 ' } })).toMatchObject({
      changed: ['name'],
      settings: { name: 'Desk 4' },
    });
    expect(await client.store.describe({})).toMatchObject({ name: 'Desk 4' });
    await client.settings.change({ change: { name: null } });
    expect(await client.store.describe({})).toMatchObject({ name: basename(folder) });
  });

  it('are the tiers and the policies, too: what is not given of them stays', async () => {
    const { client, folder } = await openTestStore();
    const tiers = { warm: { afterDays: 3 }, cold: { isOn: false } };
    const retention = { guardrails: { ...defaultGuardrails, minAgeDays: 30 } };
    expect(await client.settings.change({ change: { tiers, retention } })).toMatchObject({
      changed: ['tiers', 'retention'],
      settings: {
        tiers: { warm: { afterDays: 3, profile: 'warm', isOn: true }, cold: { isOn: false } },
        retention: { policies: defaultPolicies, guardrails: { minAgeDays: 30 } },
      },
    });
    // A change of another setting opens the store anew, with these as they are.
    await client.settings.change({ change: { trashDays: 30 } });
    expect(await client.tiers.list({})).toMatchObject([
      { tier: 'hot' },
      { tier: 'warm', settings: { afterDays: 3 } },
      { tier: 'cold', settings: { isOn: false } },
    ]);
    expect(await onDisk(folder)).toMatchObject({
      trashDays: 30,
      retention: { guardrails: { minAgeDays: 30 } },
    });
    const { changed } = await client.settings.change({ change: { tiers: null, retention: null } });
    expect(changed).toEqual(['tiers', 'retention']);
    expect(await client.retention.settings({})).toEqual({
      policies: defaultPolicies,
      guardrails: defaultGuardrails,
    });
  });

  it('go back to the default with null', async () => {
    const { client } = await openTestStore({ settings: { trashDays: 30 } });
    expect((await client.settings.change({ change: { trashDays: null } })).settings.trashDays).toBe(7);
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ trashDays: -1 }, /^trashDays: must be at least 0$/],
    [{ trashDays: 'week' }, /^trashDays: must be a number, is the text "week"$/],
    [{ trashDays: 1.5 }, /^trashDays: must be a whole number, is 1.5$/],
    [{ zone: 'Mars/Olympus' }, /^zone: .*time zone/],
    [{ durability: 'Sometimes' }, /^durability: must be one of EveryWrite, /],
    [{ calendars: { SPY: 'moon' } }, /^calendars\.SPY/],
    [{ emaPeriods: [0] }, /^emaPeriods/],
    [{ colour: 'red' }, /^colour: there is no such setting/],
    [{ name: ' ' }, /^name: .*empty/],
    [{ tiers: { warm: { afterDays: -1 } } }, /^tiers\.warm\.afterDays: /],
    [{ tiers: { hot: {} } }, /^tiers: has no field hot$/],
    [{ trashDays: 1, retention: { guardrails: {} } }, /^retention: guardrails/],
    [
      { retention: { policies: [{ ...defaultPolicies[0], maxAgeDays: -1 }] } },
      /^retention: policies\.0\.maxAge/,
    ],
  ])('refuse %j by name, and stay as they were', async (change, message) => {
    const { client, folder } = await openTestStore();
    const before = await onDisk(folder);
    await expect(client.settings.change({ change })).rejects.toMatchObject({
      code: 'argument-invalid',
      message: expect.stringMatching(message) as unknown,
    });
    expect(await onDisk(folder)).toEqual(before);
  });

  it('cannot be changed by who may only read', async () => {
    const { folder, close } = await openTestStore();
    await close();
    const { client } = await openTestStore({ folder, access: 'read' });
    await expect(client.settings.change({ change: { trashDays: 1 } })).rejects.toMatchObject({
      code: 'store-read-only',
    });
  });
});

describe('tapedeck settings', () => {
  it('changes what an owner holds, from another process', async () => {
    const { folder, client } = await openTestStore();
    const { code, json } = await runCli([
      'settings',
      'set',
      'trashDays=14',
      'zone=Asia/Tokyo',
      '--store',
      folder,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ changed: ['zone', 'trashDays'] });
    expect(await client.settings.read({})).toMatchObject({ zone: 'Asia/Tokyo', trashDays: 14 });
  });

  it('lists every setting with what it does, and refuses what is no pair', async () => {
    const { folder, close } = await openTestStore();
    await close();
    const listed = await runCli(['settings', 'list', '--store', folder]);
    expect(listed.stdout).toMatch(/^trashDays = 7\n {4}\S/m);
    expect(listed.stdout).toMatch(/^tiers = \{"warm":/m);
    expect(listed.stdout).toMatch(/^retention = \{"policies":/m);
    const refused = await runCli(['settings', 'set', 'trashDays', '--store', folder]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('name=value') as unknown });
  });
});
