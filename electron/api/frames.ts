import type { Caller } from '#shared/domain/job';
import type { Socket } from 'node:net';

/** Larger than any answer; a longer frame is not ours. */
const longestFrameBytes = 268_435_456;

/** What goes over the store's socket. Numbers name a call, so that many can be under way at once. */
export type Frame =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly channel: string;
      readonly args: unknown;
      /** Who asks; `api` when it is not said. */
      readonly caller?: Caller;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: unknown }
  | { readonly kind: 'subscribe'; readonly channel: string }
  | { readonly kind: 'event'; readonly channel: string; readonly payload: unknown };

/** What a frame's JSON holds: the message, and where the ArrayBuffers that follow it belong in it. */
interface Envelope {
  readonly frame: Frame;
  readonly attached: readonly { readonly place: readonly string[]; readonly sizeBytes: number }[];
}

/**
 * A frame is two uint32 lengths (little-endian), that many bytes of JSON (an envelope), and that many bytes of the
 * ArrayBuffers it names, one after another; each is null in the JSON. Plain enough for a bot in any language.
 */
export function encodeFrame(frame: Frame): Buffer {
  const buffers: { readonly place: readonly string[]; readonly bytes: Uint8Array }[] = [];
  const plain = detach(frame, [], buffers) as Frame;
  const attached = buffers.map(({ place, bytes }) => ({ place, sizeBytes: bytes.length }));
  const json = Buffer.from(JSON.stringify({ frame: plain, attached } satisfies Envelope));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(json.length, 0);
  lengths.writeUInt32LE(
    attached.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    4,
  );
  return Buffer.concat([lengths, json, ...buffers.map(({ bytes }) => bytes)]);
}

function detach(
  value: unknown,
  place: readonly string[],
  found: { readonly place: readonly string[]; readonly bytes: Uint8Array }[],
): unknown {
  if (value instanceof ArrayBuffer) {
    found.push({ place, bytes: new Uint8Array(value) });
    return null;
  }
  // Answers hold buffers in plain objects only: lists are long, and are not looked through.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, detach(inner, [...place, key], found)]),
  );
}

/** Cuts what arrives into frames. A stream that is not ours ends the connection. */
export function readFrames(socket: Socket, onFrame: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let length = 0;
  let wanted = 8;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    while (length >= wanted) {
      const bytes = chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, length);
      const end = 8 + bytes.readUInt32LE(0) + bytes.readUInt32LE(4);
      if (end > longestFrameBytes) {
        socket.destroy(new Error('The other side sent a frame that is too long'));
        return;
      }
      if (length < end) {
        chunks = [bytes];
        wanted = end;
        return;
      }
      chunks = [bytes.subarray(end)];
      length -= end;
      wanted = 8;
      try {
        onFrame(decodeFrame(bytes.subarray(0, end)));
      } catch (error) {
        socket.destroy(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
  });
}

function decodeFrame(bytes: Buffer): Frame {
  const jsonEnd = 8 + bytes.readUInt32LE(0);
  const { frame, attached } = JSON.parse(bytes.toString('utf8', 8, jsonEnd)) as Envelope;
  let offset = jsonEnd;
  for (const { place, sizeBytes } of attached) {
    // A copy of its own: typed arrays need an aligned start.
    put(frame, place, new Uint8Array(bytes.subarray(offset, offset + sizeBytes)).slice().buffer);
    offset += sizeBytes;
  }
  return frame;
}

function put(frame: Frame, place: readonly string[], buffer: ArrayBuffer): void {
  let target = frame as unknown as Record<string, unknown>;
  for (const key of place.slice(0, -1)) target = target[key] as Record<string, unknown>;
  const last = place.at(-1);
  if (last !== undefined) target[last] = buffer;
}
