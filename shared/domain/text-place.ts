/** A place in a text, as editors count: lines and columns from 1, columns in UTF-16 units. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** The place of a byte of a text's UTF-8 spelling, which is how databases count. */
export function placeOfByte(text: string, byte: number): TextPlace {
  let seen = 0;
  let index = 0;
  for (const character of text) {
    if (seen >= byte) break;
    seen += utf8Length(character.codePointAt(0) ?? 0);
    index += character.length;
  }
  return placeOfIndex(text, index);
}

/** The place of a character, counted in UTF-16 units from 0. */
export function placeOfIndex(text: string, index: number): TextPlace {
  const before = text.slice(0, index);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

/** Where a place lies in a text, in UTF-16 units; the end of the text for a place behind it. */
export function indexOfPlace(text: string, { line, column }: TextPlace): number {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** Bytes that a text takes in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += utf8Length(character.codePointAt(0) ?? 0);
  return bytes;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
