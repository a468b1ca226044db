import type { Content } from './open-content.ts';
import { readLines } from './read-lines.ts';
import { UnreadableImport } from './unreadable.ts';

/** The beginning of what a file holds, from which its format is told. */
export interface Head {
  readonly bytes: Buffer;
  /** Whether there is more. */
  readonly isCut: boolean;
}

const headBytes = 262_144;
/** One line alone may be longer than all of them are mostly. */
const mostHeadBytes = 1_114_112;
const newline = 0x0a;

/** Reads about 256 KiB, and goes on to about 1.1 MiB while no line has ended; of a smaller file it reads everything. */
export async function readHead(content: Content): Promise<Head> {
  const { stream } = await content.open();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  let hasLine = false;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      sizeBytes += (chunk as Buffer).length;
      hasLine ||= (chunk as Buffer).includes(newline);
      if (sizeBytes >= (hasLine ? headBytes : mostHeadBytes))
        return { bytes: Buffer.concat(chunks), isCut: true };
    }
  } finally {
    stream.destroy();
  }
  return { bytes: Buffer.concat(chunks), isCut: false };
}

const sampledLines = 50;

/** The first whole lines that are not empty. */
export async function headLines({ bytes, isCut }: Head): Promise<readonly Buffer[]> {
  const lines: Buffer[] = [];
  const whole = isCut ? bytes.subarray(0, bytes.lastIndexOf(newline) + 1) : bytes;
  if (isCut && whole.length === 0)
    throw new UnreadableImport('has a first line that is longer than 1 MiB, which no bar is');
  await readLines([whole], (chunk, start, end) => {
    const line = chunk.subarray(start, end);
    if (line.some((byte) => byte > 0x20)) lines.push(Buffer.from(line));
    return lines.length < sampledLines;
  });
  return lines;
}
