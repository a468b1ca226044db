import { describe, expect, it } from 'vitest';
import { shareStores } from '../../../../electron/app/open-stores.ts';
import type { OpenStoreOptions } from '../../../../electron/host/backend.ts';
import type { StoreBridge } from '../../../../electron/open-store.ts';
import { deferred } from '../../../helpers/deferred.ts';

const options = (folder: string): OpenStoreOptions => ({
  folder,
  create: false,
  startChild: () => {
    throw new Error('not started here');
  },
  appVersion: '0.0.0',
});

function setup() {
  const log: string[] = [];
  const listeners = new Set<(payload: unknown) => void>();
  const open = shareStores(({ folder }) => {
    log.push(`open ${folder}`);
    return Promise.resolve<StoreBridge>({
      call: (channel) => Promise.resolve(`${folder} ${channel}`),
      subscribe: (_channel, listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close: async () => void log.push(`close ${folder}`),
    });
  });
  return { log, open, emit: (payload: unknown) => listeners.forEach((listener) => listener(payload)) };
}

describe('shareStores', () => {
  it('opens a folder once, however many windows show it and however they write it', async () => {
    const { log, open } = setup();
    const first = await open(options('/tmp/none/a'));
    const second = await open(options('/tmp/none/../none/a'));
    expect(log).toEqual(['open /tmp/none/a']);
    await first.close();
    expect(log).toEqual(['open /tmp/none/a']);
    expect(await second.call('symbols.list', {})).toBe('/tmp/none/a symbols.list');
    await second.close();
    expect(log).toEqual(['open /tmp/none/a', 'close /tmp/none/a']);
  });

  it('gives a store up once, however often one user closes', async () => {
    const { log, open } = setup();
    const first = await open(options('/tmp/none/a'));
    await open(options('/tmp/none/a'));
    await Promise.all([first.close(), first.close()]);
    expect(log).toEqual(['open /tmp/none/a']);
  });

  it('tells no more of a store to who has closed it', async () => {
    const { open, emit } = setup();
    const [first, second] = [await open(options('/tmp/none/a')), await open(options('/tmp/none/a'))];
    const heard: string[] = [];
    first.subscribe('store.changed', () => heard.push('first'));
    second.subscribe('store.changed', () => heard.push('second'));
    await first.close();
    emit({});
    expect(heard).toEqual(['second']);
  });

  it('opens a store anew only when its closing has ended', async () => {
    const closed = deferred<undefined>();
    const log: string[] = [];
    const open = shareStores(() => {
      log.push('open');
      return Promise.resolve({
        call: () => Promise.resolve(null),
        subscribe: () => () => undefined,
        close: () => closed.promise.then(() => void log.push('closed')),
      });
    });
    const closing = (await open(options('/tmp/none/a'))).close();
    const again = open(options('/tmp/none/a'));
    closed.resolve(undefined);
    await Promise.all([closing, again]);
    expect(log).toEqual(['open', 'closed', 'open']);
  });

  it('tries again after a store could not be opened', async () => {
    let attempts = 0;
    const open = shareStores(() => {
      attempts += 1;
      return attempts === 1
        ? Promise.reject(new Error('too new'))
        : Promise.resolve({
            call: () => Promise.resolve('there'),
            subscribe: () => () => undefined,
            close: () => Promise.resolve(),
          });
    });
    await expect(open(options('/tmp/none/a'))).rejects.toThrow('too new');
    expect(await (await open(options('/tmp/none/a'))).call('store.describe', {})).toBe('there');
  });
});
