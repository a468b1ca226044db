import type { RejectedRow } from '#shared/domain/ingest';

export type ParsedLine =
  | { readonly ok: true; readonly line: number; readonly row: unknown }
  | { readonly ok: false; readonly rejected: RejectedRow };

/** In characters: more than any row has. */
export const longestLine = 8_388_608;

/** One line of NDJSON; null for an empty one. What is not JSON is told by line, and by field where one is to blame. */
export function parseLine(text: string, line: number): ParsedLine | null {
  const trimmed = (line === 1 ? text.replace(/^\uFEFF/, '') : text).trim();
  if (trimmed === '') return null;
  if (trimmed.length > longestLine)
    return refuse(line, '', `the line is longer than ${longestLine} characters`);
  try {
    return { ok: true, line, row: JSON.parse(trimmed) };
  } catch (error) {
    // Many languages write these for numbers; JSON has no such thing.
    const notNumber = /"((?:[^"\\]|\\.)*)"\s*:\s*(NaN|-?Infinity)\b/.exec(trimmed);
    if (notNumber !== null) {
      return refuse(line, notNumber[1] ?? '', `must be a finite number, is ${notNumber[2]}`);
    }
    return refuse(
      line,
      '',
      `the line is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function refuse(line: number, field: string, reason: string): ParsedLine {
  return { ok: false, rejected: { line, field, reason } };
}
