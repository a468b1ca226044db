import { UnreadableImport } from './unreadable.ts';
import type { OpenedContent } from './open-content.ts';

/** The chunks of a content, where `after` is awaited behind each: what was made of it has gone on by then. */
export async function* paced(
  { stream, packedBytes }: OpenedContent,
  onBytes: (packedBytes: number) => void,
  after: () => Promise<void>,
): AsyncGenerator<Buffer> {
  let sizeBytes = 0;
  try {
    for await (const chunk of stream) {
      yield chunk as Buffer;
      sizeBytes += (chunk as Buffer).length;
      onBytes(packedBytes(sizeBytes));
      await after();
    }
  } catch (error) {
    throw worded(error);
  } finally {
    stream.destroy();
  }
}

/** Archives are checked as they are unpacked. */
function worded(error: unknown): unknown {
  const text = error instanceof Error ? error.message : '';
  return /inflat|stored block|invalid (block|distance|code|literal|bit)|size mismatch|not enough bytes|too many bytes|crc/i.test(
    text,
  )
    ? new UnreadableImport(`is damaged: it cannot be unpacked (${text})`)
    : error;
}
