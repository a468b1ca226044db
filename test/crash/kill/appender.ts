import { formatIsoUtc } from '#shared/domain/zone-time';
import { MINUTE } from '#shared/units';
import type { Random } from '../../../electron/jobs/demo/random.ts';
import type { Program, Programs } from './programs.ts';

/** A bot that appends bars of a symbol of its own, one a line: line n is the nth minute and has volume n. */
export interface Appender {
  readonly symbol: string;
  readonly program: Program;
  /** Lines that the store said it has. */
  readonly acknowledged: () => number;
  /** Lines that may have reached it. */
  readonly written: () => number;
  /** Ends the input. */
  readonly finish: () => void;
}

export const firstMinute = Date.UTC(2025, 8, 1, 22);
/** So that late bars come, and days that were compacted get more of them. */
const minutesApart = 7;

export function openOfLine(line: number): number {
  return (
    firstMinute +
    (((line - 1) * minutesApart) % 1_440) * MINUTE +
    Math.floor((line - 1) / 1_440) * 1_440 * MINUTE
  );
}

export function startAppender(programs: Programs, store: string, symbol: string, random: Random): Appender {
  const program = programs.start(['append', 'candles', '--store', store, '--acknowledge']);
  let written = 0;
  let isFinished = false;
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    const count = Math.ceil(random.between(0, 30));
    for (let index = 0; index < count; index += 1)
      program.child.stdin?.write(`${rowOf(symbol, ++written)}\n`);
    timer = setTimeout(write, random.between(0, 40));
  };
  write();
  void program.ended.finally(() => clearTimeout(timer));
  return {
    symbol,
    program,
    written: () => written,
    acknowledged: () => lastLine(program.output()),
    finish() {
      if (isFinished) return;
      isFinished = true;
      clearTimeout(timer);
      program.child.stdin?.end();
    },
  };
}

function rowOf(symbol: string, line: number): string {
  const ts = formatIsoUtc(openOfLine(line));
  return JSON.stringify({ symbol, timeframe: '1m', ts, open: 1, high: 1, low: 1, close: 1, volume: line });
}

function lastLine(output: string): number {
  const found = [...output.matchAll(/^\{"line":(\d+),/gm)].at(-1);
  return Number(found?.[1] ?? 0);
}
