import type { ObjectState } from '#shared/domain/chart-object';
import { packedAtOnce } from '#shared/domain/packed-objects';
import { packReply } from '#shared/packed-reply';
import { expect, it } from 'vitest';
import { unpackedBridge } from '../../../../renderer/data/unpacked-bridge.ts';
import { chartObject } from '../../../helpers/chart-object.ts';

/** What a page is told when main replies so; every crossing copies. */
function asked(reply: unknown, channel = 'candles.viewport'): Promise<unknown> {
  const call = () => Promise.resolve(structuredClone(packReply(channel, reply)));
  return unpackedBridge({ call, subscribe: () => () => undefined }).call(channel, {});
}

const answering = (objects: readonly ObjectState[]) => ({ ok: true, value: { objects, sequence: 7 } });

it('hands a page the objects that main answered, whatever is in them', async () => {
  const reply = answering([
    chartObject(),
    chartObject({ object_id: 'quote " and \u2028', t_end: null, y: null, reason: null, payload: null }),
    chartObject({ y: 0, y_min: -1e-9, reason: '', payload: { kind: 'demand', list: [1, { deep: null }] } }),
    chartObject({ payload: 'no JSON', y_max: Infinity, step: 3 }),
  ]);
  expect(await asked(reply)).toEqual(reply);
});

it('keeps the order of more objects than are unpacked at once', async () => {
  const ids = Array.from({ length: 2 * packedAtOnce + 3 }, (_, index) => `zone-${index}`);
  const reply = answering(ids.map((object_id, index) => chartObject({ object_id, sequence: index % 7 })));
  expect(await asked(reply)).toEqual(reply);
});

it('hands on refusals, no objects, and what other calls answer', async () => {
  const refusal = { ok: false, code: 'busy', message: 'no' };
  expect(await asked(refusal)).toEqual(refusal);
  expect(await asked(answering([]))).toEqual(answering([]));
  const other = { ok: true, value: { objects: [{ any: 'thing' }] } };
  expect(await asked(other, 'objects.asOf')).toEqual(other);
});
