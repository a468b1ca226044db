import type { CompactionLevel } from '#shared/domain/compaction';
import { parseResolution, parseTimeframe } from '#shared/domain/timeframe';
import { parseInstant } from '#shared/domain/zone-time';
import { InvalidArgumentError } from 'commander';
import { levelOfPeriod } from '../storage/layout.ts';

/** Reads an ISO-8601 time or ms since 1970; a time without an offset is UTC. Answers ms UTC. */
export function instantArgument(text: string): number {
  const parsed = parseInstant(/^-?\d{11,}$/.test(text) ? Number(text) : text, 'UTC');
  if (!parsed.ok) throw new InvalidArgumentError(`It ${parsed.reason}`);
  return parsed.ts;
}

/** Reads a UTC day (`2025-09-02`). */
export const dayArgument = periodArgument('day');

/** Reads a UTC month (`2025-09`). */
export const monthArgument = periodArgument('month');

/** Reads a UTC year (`2025`). */
export const yearArgument = periodArgument('year');

function periodArgument(level: CompactionLevel): (text: string) => string {
  return (text) => {
    if (levelOfPeriod(text) !== level) throw new InvalidArgumentError(`${text} is not a ${level}`);
    return text;
  };
}

/** Reads a date, or `last`. */
export function tradingDayArgument(text: string): string {
  return text === 'last' ? text : dayArgument(text);
}

/** Reads a timeframe such as `5m`, in any case, and answers it as it was given. */
export function timeframeArgument(text: string): string {
  if (parseTimeframe(text) === null) throw new InvalidArgumentError(`${text} is not one such as 5m or 1h`);
  return text;
}

/** The same where rows may also be trades or quotes: a timeframe, or `tick`. */
export function resolutionArgument(text: string): string {
  if (parseResolution(text) === null)
    throw new InvalidArgumentError(`${text} is not one such as 5m or 1h, nor tick`);
  return text;
}

/** Reads a finite number. An empty text is none. */
export function numberArgument(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError(`${text} is not a number`);
  return value;
}

/** Reads a port, or 0 for any that is free. */
export function portArgument(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError(`${text} is not a port from 0 to 65535`);
  return Number(text);
}
