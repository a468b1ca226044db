import { datasetOf, type ExportSlice } from '../engine/export-slice.ts';
import { instantOf, type PreparedSlice, type SlicePiece } from '../engine/prepare-slice.ts';
import type { Engine } from '../engine/engine.ts';
import { quoteName } from '../engine/sql.ts';
import { encodeName } from '../storage/encode-name.ts';
import { civilDateOf, dayNumberOf, formatCivilDate } from '#shared/domain/civil-date';
import { endingOf, type ExportProfile } from '#shared/domain/export-profile';
import { instantOfLocal } from '#shared/domain/zone-time';
import { DAY } from '#shared/units';
import type { ExportWork } from './export-work.ts';
import { offsetSql } from './output-columns.ts';

/** Rows that go into one file. */
export interface FilePiece {
  /** Below the folder of the export, written with `/`. */
  readonly path: string;
  readonly piece: SlicePiece;
  readonly rows: number;
}

/** The files of a slice in their order, each with how many rows it will have. */
export async function piecesOf(
  engine: Engine,
  work: ExportWork,
  slice: ExportSlice,
  prepared: PreparedSlice,
): Promise<readonly FilePiece[]> {
  const { profile } = work;
  const whole: SlicePiece = { symbol: null, from: slice.from, until: slice.until };
  const rows = prepared.rowsSql(whole);
  if (profile.splitBy.length === 0) {
    const [count = []] = await engine.rows(`SELECT count(*) FROM (${rows})`, []);
    return [{ path: pathOf(work, slice, whole), piece: whole, rows: Number(count[0]) }];
  }
  const byTime = profile.splitBy.find((split) => split !== 'symbol');
  const symbol = profile.splitBy.includes('symbol') ? 'symbol' : 'NULL::VARCHAR';
  const instant = quoteName(instantOf(slice));
  const day = `(${instant} + ${offsetSql(instant, profile.time.zone, slice)}) // ${DAY}`;
  // The day number of a month is that of its first day.
  const period =
    byTime === undefined
      ? 'NULL::BIGINT'
      : byTime === 'day'
        ? day
        : `datediff('day', DATE '1970-01-01', date_trunc('month', DATE '1970-01-01' + (${day})::INTEGER))`;
  const groups = await engine.rows(
    `SELECT ${symbol} AS piece_symbol, ${period} AS piece_period, count(*) FROM (${rows}) GROUP BY ALL ORDER BY ALL`,
    [],
  );
  return groups.map(([pieceSymbol, dayNumber, count]) => {
    const name = pieceSymbol === null ? null : String(pieceSymbol);
    const range = dayNumber === null ? whole : periodOf(profile, Number(dayNumber));
    const piece: SlicePiece = {
      symbol: name,
      from: Math.max(range.from, slice.isReduced ? -Infinity : slice.from),
      until: Math.min(range.until, slice.isReduced ? Infinity : slice.until),
    };
    return {
      path: pathOf(work, slice, piece, dayNumber === null ? undefined : Number(dayNumber)),
      piece,
      rows: Number(count),
    };
  });
}

function periodOf({ splitBy, time }: ExportProfile, dayNumber: number) {
  const next = splitBy.includes('day') ? dayNumber + 1 : firstOfNextMonth(dayNumber);
  return { from: instantOfLocal(time.zone, dayNumber), until: instantOfLocal(time.zone, next) };
}

function firstOfNextMonth(dayNumber: number): number {
  const { year, month } = civilDateOf(dayNumber);
  return month === 12
    ? dayNumberOf({ year: year + 1, month: 1, day: 1 })
    : dayNumberOf({ year, month: month + 1, day: 1 });
}

function pathOf(
  { profile, timeframe, fileName }: ExportWork,
  slice: ExportSlice,
  { symbol }: SlicePiece,
  dayNumber = 0,
): string {
  const date = formatCivilDate(dayNumber);
  const filled: Readonly<Record<string, string>> = {
    dataset: datasetOf(slice).name,
    symbol: encodeName(symbol ?? ''),
    timeframe: timeframe ?? 'all',
    day: date,
    month: date.slice(0, 7),
  };
  const name =
    fileName ?? profile.fileName.replace(/\{([a-z]+)\}/g, (_, token: string) => filled[token] ?? '');
  return `${name}${endingOf(profile)}`;
}
