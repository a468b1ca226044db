import { plainNumber, type Cells, type ReadBytes } from './cells.ts';

const quote = 0x22;
const space = 0x20;
const point = 0x2e;
const comma = 0x2c;
const minus = 0x2d;
const zero = 0x30;

/** Powers of ten that a double holds exactly: a whole number up to 2^53 divided by one of them is rounded correctly. */
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const mostExactDigits = 15;

/**
 * The fields of one line, read from its bytes: making a text of each would take three times as long. A row is a line;
 * a quote that is not closed therefore spoils its own line and no other.
 */
export class CsvCells implements Cells {
  readonly #delimiter: number;
  /** What stands before decimals. */
  readonly #mark: number;
  readonly #starts = new Int32Array(1_024);
  readonly #ends = new Int32Array(1_024);
  #bytes: Buffer = Buffer.alloc(0);
  count = 0;

  constructor(delimiter: string, hasDecimalComma = false) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#mark = hasDecimalComma ? comma : point;
  }

  /** Splits a line; answers what is wrong with it, or null. */
  read(bytes: Buffer, start: number, end: number): string | null {
    this.#bytes = bytes;
    this.count = 0;
    const delimiter = this.#delimiter;
    let fieldStart = start;
    let at = start;
    for (;;) {
      if (this.count === this.#starts.length) return `has more than ${this.#starts.length} fields`;
      if (bytes[at] === quote && at === fieldStart && at < end) {
        const close = closingQuote(bytes, at + 1, end);
        if (close === -1) return 'has a quote that is not closed';
        this.#add(fieldStart + 1, close);
        at = close + 1;
        if (at < end && bytes[at] !== delimiter) return 'has text behind a closing quote';
      } else {
        while (at < end && bytes[at] !== delimiter) at += 1;
        this.#add(fieldStart, at);
      }
      if (at >= end) return null;
      at += 1;
      fieldStart = at;
    }
  }

  text(column: number): string {
    if (column >= this.count) return '';
    const text = this.#bytes.toString('utf8', this.#starts[column], this.#ends[column]);
    return (text.includes('"') ? text.replaceAll('""', '"') : text).trim();
  }

  time(column: number, read: ReadBytes): number {
    if (column >= this.count) return Number.NaN;
    return read(this.#bytes, this.#starts[column] ?? 0, this.#ends[column] ?? 0);
  }

  number(column: number): number {
    if (column >= this.count) return Number.NaN;
    const [bytes, mark] = [this.#bytes, this.#mark];
    let at = this.#starts[column] ?? 0;
    let end = this.#ends[column] ?? 0;
    while (at < end && bytes[at] === space) at += 1;
    while (end > at && bytes[end - 1] === space) end -= 1;
    const isNegative = bytes[at] === minus;
    if (isNegative) at += 1;
    let [value, digits, decimals, isFraction] = [0, 0, 0, false];
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      const digit = byte - zero;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        // Zeros in front are no digits of the number.
        if (value > 0) digits += 1;
        if (isFraction) decimals += 1;
      } else if (byte === mark && !isFraction) isFraction = true;
      else return this.#textNumber(column);
    }
    if (digits > mostExactDigits || digits + decimals === 0 || decimals >= powers.length)
      return this.#textNumber(column);
    const whole = value / (powers[decimals] ?? 1);
    return isNegative ? -whole : whole;
  }

  #textNumber(column: number): number {
    const text = this.text(column);
    if (this.#mark === point) return plainNumber(text);
    // A point would be one of thousands.
    return text.includes('.') ? Number.NaN : plainNumber(text.replace(',', '.'));
  }

  #add(start: number, end: number): void {
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    this.count += 1;
  }
}

/** Two quotes in a row stand for one. */
function closingQuote(bytes: Buffer, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    if (bytes[at] !== quote) continue;
    if (at + 1 < end && bytes[at + 1] === quote) at += 1;
    else return at;
  }
  return -1;
}
