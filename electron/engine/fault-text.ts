/** Separates the column from its value in the text that names a fault. */
export const faultSeparator = '\u001f';

/** SQL for that text. */
export function faultText(name: string, value: string): string {
  return `${name} || chr(31) || ${value}`;
}
