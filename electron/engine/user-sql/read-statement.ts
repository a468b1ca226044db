/** A statement with what stands before the SELECT taken off. */
export interface StatementText {
  readonly isExplain: boolean;
  /** What is explained, or the whole text. */
  readonly select: string;
  /** How `select` is run; it ends with `select`. */
  readonly toRun: string;
}

const blank = String.raw`(?:\s|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)`;
const option = String.raw`(?:analyze|format\s+[a-z]+)`;
const explainPattern = new RegExp(
  String.raw`^${blank}*explain\b${blank}*(analyze\b|\(\s*${option}(?:\s*,\s*${option})*\s*\))?`,
  'i',
);
const firstWordPattern = new RegExp(String.raw`^${blank}*([a-z]+)`, 'i');

/** Takes EXPLAIN off, so that what it explains can be checked like any other query: EXPLAIN ANALYZE runs it. */
export function readStatement(text: string): StatementText {
  const match = explainPattern.exec(text);
  if (match === null) return { isExplain: false, select: text, toRun: text };
  const select = text.slice(match[0].length);
  return { isExplain: true, select, toRun: `EXPLAIN ${match[1] ?? ''} ${select}` };
}

/** The word that a statement begins with, in capitals; an empty text where there is none. */
export function firstWord(text: string): string {
  return firstWordPattern.exec(text)?.[1]?.toUpperCase() ?? '';
}
