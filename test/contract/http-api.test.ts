import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from '#shared/ipc';
import { serveHttpApi, type HttpApi } from '../../electron/api/http-api.ts';
import { openStore, type StoreBridge } from '../../electron/open-store.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function setup() {
  const folder = await tempFolder();
  const startChild = () => {
    throw new Error('No test of this file merges');
  };
  const bridge: StoreBridge = await openStore({ folder, create: true, startChild, appVersion: '0.0.0' });
  open.push(bridge);
  const noteFile = join(folder, 'http.json');
  const api: HttpApi = await serveHttpApi(bridge, { port: 0, noteFile });
  open.push(api);
  const { url, token } = JSON.parse(await readFile(noteFile, 'utf8')) as { url: string; token: string };
  const ask = (path: string, init: RequestInit = {}, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...headers } });
  return { ask, url, api, bridge, noteFile };
}

const bar = {
  symbol: 'SPY',
  timeframe: '5m',
  ts: '2025-09-02T13:30:00Z',
  open: 640.1,
  high: 640.9,
  low: 639.8,
  close: 640.5,
  volume: 81_200,
};

describe('the HTTP API', () => {
  it('stores NDJSON and says which line was refused', async () => {
    const { ask } = await setup();
    const body = [bar, { ...bar, high: 1 }].map((row) => JSON.stringify(row)).join('\n');
    const answer = await ask('/v1/candles', { method: 'POST', body: `${body}\nnot json\n` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      accepted: 1,
      rejected: [
        { line: 2, field: 'high' },
        { line: 3, field: '' },
      ],
    });
  });

  it('leaves the address of a later server alone when it ends, and names a port that is taken', async () => {
    const { url, api, bridge, noteFile } = await setup();
    const later = await serveHttpApi(bridge, { port: 0, noteFile });
    open.push(later);
    await api.close();
    expect(await readFile(noteFile, 'utf8')).toContain(later.url);
    const port = Number(new URL(later.url).port);
    expect(url).not.toBe(later.url);
    await expect(serveHttpApi(bridge, { port, noteFile })).rejects.toThrow(
      `port: another program answers on ${port}`,
    );
  });

  it('stores what a bot decided, and has no place for what it does not know', async () => {
    const { ask, bridge } = await setup();
    const decision = {
      symbol: 'SPY',
      timeframe: '5m',
      run_id: 'r',
      decision_id: 'd',
      ts: bar.ts,
      action: 'skip',
    };
    const post = (path: string) => ask(path, { method: 'POST', body: JSON.stringify(decision) });
    expect(await (await post('/v1/decisions')).json()).toEqual({ accepted: 1, rejected: [] });
    expect((await post('/v1/orders')).status).toBe(404);
    const { journal } = createClient(bridge);
    const { rows } = await journal.list({ dataset: 'decisions', symbol: 'SPY', limit: 1 });
    expect(rows).toMatchObject([{ decision_id: 'd', ts: Date.parse(bar.ts) }]);
  });

  it('answers what it has just stored', async () => {
    const { ask } = await setup();
    await ask('/v1/candles', { method: 'POST', body: JSON.stringify([bar]) });
    const answer = await ask(
      '/v1/viewport?symbol=SPY&timeframe=5m&from=2025-09-02T13:00Z&until=2025-09-02T14:00Z',
    );
    expect(await answer.json()).toMatchObject({
      candles: [{ ts: Date.UTC(2025, 8, 2, 13, 30), open: 640.1, close: 640.5, volume: 81_200 }],
      resolution: '5m',
    });
  });

  it('names the parameter that is missing', async () => {
    const { ask } = await setup();
    const answer = await ask('/v1/viewport?symbol=SPY');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'argument-invalid', error: 'timeframe: is missing' });
  });

  it.each([
    ['without the token', { Authorization: '' }, 401],
    ['with a wrong token', { Authorization: 'Bearer x' }, 401],
    ['from a page in a browser', { Origin: 'https://example.org' }, 403],
  ])('lets nobody in %s', async (_who, headers, status) => {
    const { ask } = await setup();
    const answer = await ask('/v1/store', {}, headers);
    expect(answer.status).toBe(status);
  });

  it('refuses a body that is longer than it reads', async () => {
    const { ask } = await setup();
    const answer = await ask('/v1/candles', { method: 'POST', body: ' '.repeat(33_554_433) });
    expect(answer.status).toBe(413);
  });
});
