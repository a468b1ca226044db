import { allocateBars, type Bars } from '#shared/domain/candle';
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

/** A million bars of one symbol in memory, of sessions that follow one another. */
export function millionBars(): Bars {
  const opens = minuteOpens(Date.UTC(2015, 8, 1), 1_000_000);
  const bars = allocateBars(opens.length);
  opens.forEach((ts, index) => {
    const [open, close] = [priceAt(ts), priceAt(ts + minuteMs)];
    bars.ts[index] = ts;
    bars.open[index] = open;
    bars.high[index] = Math.max(open, close) + 0.05;
    bars.low[index] = Math.min(open, close) - 0.05;
    bars.close[index] = close;
    bars.volume[index] = 100 + (index % 900) / 7;
  });
  return bars;
}

/** The same bars in DuckDB's words, for the minutes of sessions between two days. */
export function barsSql(symbols: readonly string[], from: number, until: number): string {
  const price = (ts: string) =>
    `round(100 + 20 * sin(${ts} / 1e10) + 5 * sin(${ts} / 3e8) + sin(${ts} / 7e6), 2)`;
  return asCandles(`
    SELECT symbol, ts, open, greatest(open, close) + 0.05 AS high, least(open, close) - 0.05 AS low, close,
      (100 + (ts // ${minuteMs}) % 900)::DOUBLE AS volume
    FROM (SELECT symbol, ts, ${price('ts')} AS open, ${price(`(ts + ${minuteMs})`)} AS close
      FROM ${minutesSql(symbols, from, until)})`);
}

/**
 * Bars of prices that walk at random by whole cents, a few a minute, and of volumes between a hundred and a million: as
 * hard to compress as real ones. The same every time.
 */
export function walkSql(symbols: readonly string[], from: number, until: number): string {
  const chance = (salt: number) => `(hash(symbol, ts, ${salt}) % 1000003 / 1000003.0)`;
  const bell = `(${[1, 2, 3, 4].map(chance).join(' + ')} - 2)`;
  return asCandles(`
    SELECT symbol, ts, open_cents / 100 AS open, (greatest(open_cents, close_cents) + above) / 100 AS high,
      (least(open_cents, close_cents) - below) / 100 AS low, close_cents / 100 AS close, volume
    FROM (SELECT symbol, ts, close_cents::DOUBLE AS close_cents, (close_cents - step)::DOUBLE AS open_cents,
        floor(12 * ${chance(5)}) AS above, floor(12 * ${chance(6)}) AS below,
        floor(exp(9 + 4 * ${chance(7)} - 2)) AS volume
      FROM (SELECT symbol, ts, step,
          5000 + hash(symbol) % 40000 + sum(step) OVER (PARTITION BY symbol ORDER BY ts) AS close_cents
        FROM (SELECT symbol, ts, round(20 * ${bell}) AS step FROM ${minutesSql(symbols, from, until)})))`);
}

function minutesSql(symbols: readonly string[], from: number, until: number): string {
  return `(SELECT unnest([${symbols.map((symbol) => `'${symbol}'`).join(', ')}]) AS symbol),
    (SELECT day + 48600000 + minute * ${minuteMs} AS ts
     FROM range(${from}, ${until}, ${dayMs}) AS days(day), range(${sessionMinutes}) AS minutes(minute)
     WHERE isodow(epoch_ms(day)) <= 5)`;
}

function asCandles(barsSql: string): string {
  return `SELECT symbol, '1m' AS timeframe, ts, strftime(epoch_ms(ts), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts_iso,
      open, high, low, close, volume, NULL::BIGINT AS global_x, 'bench' AS source,
      ${candles.version}::BIGINT AS schema_version
    FROM (${barsSql})`;
}
