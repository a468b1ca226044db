import { longestLineBytes } from './read-lines.ts';
import { UnreadableImport } from './unreadable.ts';

/** The text of one element of a JSON list, and the line it begins on. Ends the reading by answering false. */
export type OnElement = (text: string, line: number) => unknown;

const [newline, space, quote, comma, backslash] = [0x0a, 0x20, 0x22, 0x2c, 0x5c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Takes a JSON list apart into its elements without keeping more than one of them: a list of a million bars is never in
 * memory whole. Whether an element is JSON is for the caller to see, so that a bad one spoils no other.
 */
export async function readElements(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  onElement: OnElement,
): Promise<void> {
  const splitter = new ElementSplitter(onElement);
  for await (const chunk of chunks) if (!splitter.take(chunk)) return;
  splitter.end();
}

class ElementSplitter {
  readonly #onElement: OnElement;
  #depth = 0;
  #isInText = false;
  #isEscaped = false;
  #line = 1;
  #elementLine = 1;
  #hasBegun = false;
  #isOver = false;
  #kept: Buffer[] = [];
  #keptBytes = 0;

  constructor(onElement: OnElement) {
    this.#onElement = onElement;
  }

  take(bytes: Buffer): boolean {
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === newline) this.#line += 1;
      if (this.#isInText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (byte === backslash) this.#isEscaped = true;
        else if (byte === quote) this.#isInText = false;
        continue;
      }
      if (this.#depth === 1 && (byte === comma || byte === closeList)) {
        this.#keep(bytes.subarray(start, at));
        if (!this.#emit()) return false;
        start = at + 1;
        if (byte === closeList) this.#depth = 0;
        this.#isOver = byte === closeList;
        continue;
      }
      // The list itself begins, or one in it.
      if (byte === openList && this.#depth === 0 && !this.#isOver) start = at + 1;
      if (byte === openList || byte === openObject) this.#depth += 1;
      else if (byte === closeList || byte === closeObject) this.#depth -= 1;
      else if (byte === quote) this.#isInText = true;
      if (this.#depth === 1 && byte <= space && !this.#hasBegun) start = at + 1;
      else if (this.#depth >= 1 && start <= at && !this.#hasBegun) {
        this.#hasBegun = true;
        this.#elementLine = this.#line;
      }
    }
    if (!this.#isOver) this.#keep(bytes.subarray(start));
    return true;
  }

  end(): void {
    if (!this.#isOver)
      throw new UnreadableImport('is a JSON list that does not end: a part of the file is missing');
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#keptBytes += bytes.length;
    if (this.#keptBytes > longestLineBytes)
      throw new UnreadableImport(
        `has an element on line ${this.#elementLine} that is longer than 1 MiB, which no bar is`,
      );
    this.#kept.push(Buffer.from(bytes));
  }

  #emit(): boolean {
    const text = Buffer.concat(this.#kept).toString('utf8').trim();
    this.#kept = [];
    this.#keptBytes = 0;
    const line = this.#hasBegun ? this.#elementLine : this.#line;
    this.#hasBegun = false;
    return text === '' || this.#onElement(text, line) !== false;
  }
}
