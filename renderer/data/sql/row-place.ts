import type { DeepLink } from '#shared/domain/deep-link';
import { parseTimeframe } from '#shared/domain/timeframe';
import { parseInstant } from '#shared/domain/zone-time';
import type { SqlColumn } from '#shared/domain/sql';
import type { SqlCell } from '#shared/domain/sql-page';
import { epochMs, type EpochMs } from '#shared/units';

/** Columns that tell an instant, the one that is meant first. */
const instantNames = ['ts', 'event_ts', 't_start', 'ts_iso', 'event_ts_iso', 'time', 'timestamp'];
/** A number below this counts something else than ms since 1970. */
const smallestInstant = 1e11;

/** The columns by which rows of a result are found on a chart; -1 for one that it has not. */
export interface PlaceColumns {
  readonly symbol: number;
  readonly timeframe: number;
  readonly instant: number;
  readonly objectId: number;
}

/**
 * Finds them by name in any case. Where no column has the name of an instant, the first one that is a TIMESTAMP
 * or DATE stands in.
 */
export function placeColumns(columns: readonly SqlColumn[]): PlaceColumns {
  const at = (name: string) => columns.findIndex((column) => column.name.toLowerCase() === name);
  const named = instantNames.map(at).find((index) => index >= 0);
  return {
    symbol: at('symbol'),
    timeframe: at('timeframe'),
    instant: named ?? columns.findIndex(({ type }) => /^(TIMESTAMP|DATE$)/.test(type)),
    objectId: at('object_id'),
  };
}

/** Where a row lies on a chart; null when it has no symbol, or `shown` stands in for it, or no instant. */
export function placeOfRow(
  { symbol, timeframe, instant, objectId }: PlaceColumns,
  row: readonly SqlCell[],
  shown: string | null,
): DeepLink | null {
  const named = symbol < 0 ? shown : (row[symbol] ?? null);
  const at = instantOf(row[instant] ?? null);
  if (named === null || at === null) return null;
  return {
    symbol: named,
    timeframe: parseTimeframe(row[timeframe] ?? ''),
    at,
    objectId: row[objectId] ?? null,
  };
}

/** An instant as queries give it: ms since 1970, or a time, in UTC unless it says otherwise. */
export function instantOf(cell: SqlCell): EpochMs | null {
  if (cell === null) return null;
  if (/^-?\d+(\.\d+)?$/.test(cell)) {
    const value = Number(cell);
    return Math.abs(value) >= smallestInstant ? epochMs(Math.floor(value)) : null;
  }
  const spelled = cell
    .replace(/^\d{4}-\d{2}-\d{2}$/, '$&T00:00:00')
    .replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T')
    .replace(/(:\d{2}(?:\.\d+)?[+-]\d{2})$/, '$1:00');
  const parsed = parseInstant(spelled, 'UTC');
  return parsed.ok ? epochMs(parsed.ts) : null;
}
