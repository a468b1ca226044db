import { candles } from '#schemas/datasets/candles';
import type { StoredRow } from '#schemas/define-dataset';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const sessionMinutes = 390;

/** Opens of the minutes of `count` sessions from a day on, weekends left out; a session opens at 13:30 UTC. */
export function sessionOpens(fromDay: number, count: number): number[] {
  const opens: number[] = [];
  for (let day = fromDay; opens.length < count; day += dayMs) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) opens.push(day + 13.5 * 3_600_000);
  }
  return opens;
}

/** The first `count` minutes of sessions from a day on. */
export function minuteOpens(fromDay: number, count: number): number[] {
  const sessions = sessionOpens(fromDay, Math.ceil(count / sessionMinutes));
  return sessions
    .flatMap((open) => Array.from({ length: sessionMinutes }, (_, minute) => open + minute * minuteMs))
    .slice(0, count);
}

/** A price that wanders the same way every time; the SQL of `barsSql` says the same. */
export function priceAt(ts: number): number {
  return (
    Math.round((100 + 20 * Math.sin(ts / 1e10) + 5 * Math.sin(ts / 3e8) + Math.sin(ts / 7e6)) * 100) / 100
  );
}

export function barRow(symbol: string, timeframe: string, ts: number): StoredRow {
  const [open, close] = [priceAt(ts), priceAt(ts + minuteMs)];
  const values: Record<string, string | number> = {
    symbol,
    timeframe,
    ts,
    ts_iso: new Date(ts).toISOString(),
    open,
    high: Math.max(open, close) + 0.05,
    low: Math.min(open, close) - 0.05,
    close,
    volume: 100 + (Math.abs(Math.round(ts / minuteMs)) % 900),
    source: 'bench',
    schema_version: candles.version,
  };
  return Object.keys(candles.columns).map((name) => values[name] ?? null);
}

/** The same bars in DuckDB's words, for the minutes of sessions between two days. */
export function barsSql(symbols: readonly string[], from: number, until: number): string {
  const price = (ts: string) =>
    `round(100 + 20 * sin(${ts} / 1e10) + 5 * sin(${ts} / 3e8) + sin(${ts} / 7e6), 2)`;
  return `SELECT symbol, '1m' AS timeframe, ts, strftime(epoch_ms(ts), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts_iso,
      open, greatest(open, close) + 0.05 AS high, least(open, close) - 0.05 AS low, close,
      (100 + (ts // ${minuteMs}) % 900)::DOUBLE AS volume, NULL::BIGINT AS global_x, 'bench' AS source,
      ${candles.version}::BIGINT AS schema_version
    FROM (SELECT symbol, ts, ${price('ts')} AS open, ${price(`(ts + ${minuteMs})`)} AS close
      FROM (SELECT unnest([${symbols.map((symbol) => `'${symbol}'`).join(', ')}]) AS symbol),
        (SELECT day + 48600000 + minute * ${minuteMs} AS ts
         FROM range(${from}, ${until}, ${dayMs}) AS days(day), range(${sessionMinutes}) AS minutes(minute)
         WHERE isodow(epoch_ms(day)) <= 5))`;
}
