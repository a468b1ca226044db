import type { ObjectState } from './domain/chart-object.ts';
import { packObjects, type PackedObjects } from './domain/packed-objects.ts';
import type { ViewportAnswer } from './domain/viewport.ts';
import type { Reply } from './errors.ts';

/** The call whose answer may hold a hundred thousand objects. */
export const packedChannel = 'candles.viewport';

/** What goes to a page in place of a `ViewportAnswer`. */
export interface PackedViewport extends Omit<ViewportAnswer, 'objects'> {
  readonly objects: readonly PackedObjects[];
}

/** A reply as it crosses to a page, where `unpackedBridge` makes of it what it was. Any other is left as it is. */
export function packReply(channel: string, reply: unknown): unknown {
  if (channel !== packedChannel) return reply;
  const answered = reply as Reply<{ readonly objects: readonly ObjectState[] }>;
  if (!answered.ok) return reply;
  return { ok: true, value: { ...answered.value, objects: packObjects(answered.value.objects) } };
}
