import { UnreadableImport } from './unreadable.ts';

/** Bytes of one line, without its end: `bytes` from `start` up to `end`. They are valid until the next one only. Ends the reading by answering false. */
export type OnLine = (bytes: Buffer, start: number, end: number, line: number) => unknown;

/** The longest line that can be one bar. Longer ones are passed over without being kept. */
export const longestLineBytes = 1_048_576;

const newline = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits chunks into lines, ended by LF or CRLF, without the byte-order mark in front. A line that is too long is
 * told by `onLong` and passed over. A chunk is worked through at once; between
 * two of them other work may run.
 */
export async function readLines(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  onLine: OnLine,
  onLong: (line: number) => void = () => undefined,
): Promise<void> {
  let rest: Buffer | null = null;
  let isPassingOver = false;
  let line = 1;
  let isFirst = true;
  for await (const chunk of chunks) {
    let bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk]);
    if (isFirst && bytes.length < 3) {
      rest = bytes;
      continue;
    }
    if (isFirst) bytes = withoutMark(bytes);
    isFirst = false;
    let start = 0;
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, start)) {
      if (isPassingOver) isPassingOver = false;
      else if (emit(bytes, start, at, line, onLine) === false) return;
      start = at + 1;
      line += 1;
    }
    rest = isPassingOver ? null : bytes.subarray(start);
    if (rest !== null && rest.length > longestLineBytes) {
      onLong(line);
      isPassingOver = true;
      rest = null;
    }
  }
  if (rest !== null && rest.length > 0) emit(isFirst ? withoutMark(rest) : rest, 0, null, line, onLine);
}

function emit(bytes: Buffer, start: number, at: number | null, line: number, onLine: OnLine): unknown {
  let end = at ?? bytes.length;
  if (end > start && bytes[end - 1] === carriageReturn) end -= 1;
  return onLine(bytes, start, end, line);
}

/** Without the byte-order mark; that of UTF-16 is refused. */
export function withoutMark(bytes: Buffer): Buffer {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    throw new UnreadableImport('is written in UTF-16; save it as UTF-8');
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
