/**
 * A number times 10^`places` as whole digits, cut (not rounded) behind the last: 185.525 with 4 places is 1855250.
 * Counted on the decimal digits of its shortest spelling, because 185.525 * 10000 is not a whole number in binary.
 */
export function scaledDigits(value: number, places: number): string {
  const text = plainDecimal(value);
  const isNegative = text.startsWith('-');
  const [whole = '0', fraction = ''] = (isNegative ? text.slice(1) : text).split('.');
  const digits = `${whole}${fraction.slice(0, places).padEnd(places, '0')}`.replace(/^0+(?=\d)/, '');
  return isNegative && digits !== '0' ? `-${digits}` : digits;
}

/** A number in digits, never with an exponent. */
export function plainDecimal(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const point = whole.length + Number(exponent);
  const digits = `${whole}${fraction}`;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
