const longest = 64;
/** Starts as symbols do, and goes on without spaces, quotes, wildcards and what shells and paths would read. */
const spelling = /^[A-Za-z0-9^$#@=_][A-Za-z0-9^$#@=_!&()+,\-./:[\]~]*$/;
const pathLike = /(^|\/)\.(\/|$)|\.\.|\/\/|[/.]$/;
const deviceNames = ['con', 'prn', 'aux', 'nul', 'com[0-9]', 'lpt[0-9]'];
const deviceLike = new RegExp(`(^|/)(${deviceNames.map(inAnyCase).join('|')})([./]|$)`);

/** Why a text cannot be a symbol; null when it can. Venues' own spellings pass: `BRK/B`, `ES_F`, `^GSPC`, `BTC-USD`. */
export function symbolFault(text: string): string | null {
  if (text === '') return 'must not be empty';
  if (/[^\x21-\x7e]/.test(text)) return 'may hold printable ASCII characters only, without spaces';
  if (text.length > longest) return `is longer than ${longest} characters (${text.length})`;
  if (pathLike.test(text)) return 'looks like a path';
  if (!spelling.test(text)) return 'holds a character that no symbol has';
  if (deviceLike.test(text)) return 'is the name of a device on Windows';
  return null;
}

/** The same rule as JSON Schema. */
export const symbolSchema = {
  type: 'string',
  maxLength: longest,
  pattern: spelling.source,
  not: { pattern: `${pathLike.source}|${deviceLike.source}` },
} as const;

/** JSON Schema's patterns have no flags. */
function inAnyCase(name: string): string {
  return name.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
