import type { ObjectState } from '#shared/domain/chart-object';
import { unpackObjects } from '#shared/domain/packed-objects';
import type { Reply } from '#shared/errors';
import type { Bridge } from '#shared/ipc';
import { packedChannel, type PackedViewport } from '#shared/packed-reply';

/** The bridge of the preload script, with answers as the contract has them. Many objects are unpacked between frames. */
export function unpackedBridge(bridge: Bridge): Bridge {
  return {
    subscribe: bridge.subscribe,
    async call(channel, args) {
      const reply = await bridge.call(channel, args);
      return channel === packedChannel ? unpack(reply as Reply<PackedViewport>) : reply;
    },
  };
}

async function unpack(reply: Reply<PackedViewport>): Promise<Reply<unknown>> {
  if (!reply.ok) return reply;
  const objects: ObjectState[] = [];
  for (const [index, stretch] of reply.value.objects.entries()) {
    if (index > 0) await nextTask();
    for (const object of unpackObjects(stretch)) objects.push(object);
  }
  return { ok: true, value: { ...reply.value, objects } };
}

/** A timer would be held back for a second in a window that is not seen. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
