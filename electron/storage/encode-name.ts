const literal = /^[A-Z0-9_\-^$#@=+&,]$/;
const deviceName = /^(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|COM[0-9]|LPT[0-9])$/;

/**
 * Spells any text as one file-name segment from which it can be read back.
 *
 * Capitals, digits and a few signs stand for themselves. A lower-case letter is `~` and the letter, so that two names
 * that differ only in case stay apart where the file system ignores it. Everything else, each sign of `alsoEscaped`
 * and the first letter of a Windows device name are `%` and two hex digits, or `%u` and four, for each UTF-16 unit.
 * The empty name is a lone `%`. A symbol of the longest kind fits the 255 bytes that file systems allow, with room for
 * what is put behind it.
 */
export function encodeName(name: string, alsoEscaped = ''): string {
  if (name === '') return '%';
  const units = Array.from({ length: name.length }, (_, index) =>
    encodeUnit(name.charAt(index), alsoEscaped),
  );
  if (deviceName.test(name)) units[0] = escaped(name.charAt(0));
  return units.join('');
}

/** Reads a segment back; null when `encodeName` would not have written it so. */
export function decodeName(segment: string, alsoEscaped = ''): string | null {
  if (segment === '%') return '';
  const name = segment.replace(
    /~([a-z])|%u([0-9a-f]{4})|%([0-9a-f]{2})/g,
    (_, letter?: string, ...hex: string[]) =>
      letter === undefined ? String.fromCharCode(parseInt(hex[0] ?? hex[1] ?? '', 16)) : letter,
  );
  return name !== '' && encodeName(name, alsoEscaped) === segment ? name : null;
}

function encodeUnit(unit: string, alsoEscaped: string): string {
  if (literal.test(unit) && !alsoEscaped.includes(unit)) return unit;
  return /^[a-z]$/.test(unit) ? `~${unit}` : escaped(unit);
}

function escaped(unit: string): string {
  const code = unit.charCodeAt(0);
  return code < 256 ? `%${code.toString(16).padStart(2, '0')}` : `%u${code.toString(16).padStart(4, '0')}`;
}
