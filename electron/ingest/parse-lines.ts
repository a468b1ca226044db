import type { RejectedRow } from '#shared/domain/ingest';
import { parseLine } from './parse-line.ts';

export interface ParsedLines {
  readonly rows: readonly unknown[];
  /** The line that each row stood on, from 1. */
  readonly lines: readonly number[];
  readonly rejected: readonly RejectedRow[];
}

/** A text of NDJSON, or one JSON list of rows, which then count as lines. */
export function parseLines(text: string): ParsedLines {
  const list = text.trimStart().startsWith('[') ? parseList(text) : null;
  if (list !== null) return { rows: list, lines: list.map((_, index) => index + 1), rejected: [] };
  const rows: unknown[] = [];
  const lines: number[] = [];
  const rejected: RejectedRow[] = [];
  text.split('\n').forEach((line, index) => {
    const parsed = parseLine(line, index + 1);
    if (parsed === null) return;
    if (parsed.ok) {
      rows.push(parsed.row);
      lines.push(parsed.line);
    } else rejected.push(parsed.rejected);
  });
  return { rows, lines, rejected };
}

function parseList(text: string): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as readonly unknown[]) : null;
  } catch {
    return null;
  }
}
