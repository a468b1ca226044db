import { WorkbenchError } from '#shared/errors';
import type { ObjectEvent } from '#shared/domain/chart-object';
import type { Client } from '#shared/ipc';
import { describe, expect, it } from 'vitest';
import { createWorkbenchStore } from '../../../../renderer/state/store.ts';
import { chartObject } from '../../../helpers/chart-object.ts';
import { deferred } from '../../../helpers/deferred.ts';

function setup(history: (objectId: string) => Promise<readonly ObjectEvent[]>) {
  const client = {
    objects: {
      history: async ({ objectId }: { objectId: string }) => ({
        events: await history(objectId),
        unreadable: [],
      }),
    },
  };
  const store = createWorkbenchStore(client as unknown as Client);
  return { selection: () => store.getState().selection };
}

const [a, b] = [chartObject({ object_id: 'a' }), chartObject({ object_id: 'b' })];

describe('selection slice', () => {
  it('reads the history of what is selected', async () => {
    const { selection } = setup(async () => [a]);
    selection().select(a);
    await expect
      .poll(() => selection().history)
      .toEqual({ phase: 'ready', value: { events: [a], unreadable: [] } });
  });

  it('ignores a history that a newer selection has overtaken', async () => {
    const slow = deferred<readonly ObjectEvent[]>();
    const { selection } = setup((id) => (id === 'a' ? slow.promise : Promise.resolve([b])));
    selection().select(a);
    selection().select(b);
    await expect.poll(() => selection().history.phase).toBe('ready');
    slow.resolve([a]);
    await slow.promise;
    expect(selection().history).toEqual({ phase: 'ready', value: { events: [b], unreadable: [] } });
  });

  it('keeps why a history could not be read', async () => {
    const { selection } = setup(() => Promise.reject(new WorkbenchError('file-unreadable', 'objects/5m/x')));
    selection().select(a);
    await expect
      .poll(() => selection().history)
      .toEqual({ phase: 'failed', problem: { code: 'file-unreadable', message: 'objects/5m/x' } });
  });

  it('takes over a newer state of the selected object', async () => {
    const { selection } = setup(async () => [a]);
    selection().select(a);
    const newer = { ...a, event_ts: 9, y_max: 30 };
    selection().follow([b, newer]);
    expect(selection().selected).toBe(newer);
  });
});
