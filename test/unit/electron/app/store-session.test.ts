import { describe, expect, it } from 'vitest';
import { createStoreSession } from '../../../../electron/app/store-session.ts';
import type { StoreBridge } from '../../../../electron/open-store.ts';

function bridgeNamed(name: string, log: string[]): StoreBridge {
  return {
    call: async (channel) => ({ ok: true, value: `${name} ${channel}` }),
    subscribe: (channel, listener) => {
      if (channel === 'store.changed') listener(name);
      return () => undefined;
    },
    close: async () => void log.push(`${name} closed`),
  };
}

describe('createStoreSession', () => {
  it('lets calls wait for the store that is being opened', async () => {
    const session = createStoreSession(() => undefined);
    let finish: (bridge: StoreBridge) => void = () => undefined;
    const opening = new Promise<StoreBridge>((resolve) => (finish = resolve));
    const shown = session.show(() => opening);
    const answer = session.call('symbols.list', {});
    finish(bridgeNamed('a', []));
    await shown;
    expect(await answer).toEqual({ ok: true, value: 'a symbols.list' });
  });

  it('gives one store up before it opens the next', async () => {
    const log: string[] = [];
    const session = createStoreSession(() => undefined);
    await session.show(async () => bridgeNamed('a', log));
    await session.show(async () => {
      log.push('b opens');
      return bridgeNamed('b', log);
    });
    expect(log).toEqual(['a closed', 'b opens']);
  });

  it('forwards the events of the store it shows', async () => {
    const events: unknown[] = [];
    const session = createStoreSession((channel, payload) => events.push([channel, payload]));
    await session.show(async () => bridgeNamed('a', []));
    expect(events).toEqual([['store.changed', 'a']]);
  });

  it('answers calls with the reason why the store could not be opened', async () => {
    const session = createStoreSession(() => undefined);
    await expect(session.show(() => Promise.reject(new Error('too new')))).rejects.toThrow('too new');
    expect(await session.call('symbols.list', {})).toEqual({
      ok: false,
      code: 'unexpected',
      message: 'too new',
    });
  });
});
