import { candles } from '#schemas/datasets/candles';
import { objects } from '#schemas/datasets/objects';
import type { BenchFolders } from '../bench.ts';
import { keptStore, writeCompacted } from './make-store.ts';

const monthFrom = Date.UTC(2025, 7, 1);
const barMs = 300_000;
const bars = 6_000;

/** A price that wanders, as SQL over the number of a bar. */
const price = (bar: string) =>
  `(100 + 10 * sin(${bar} / 900.0) + 3 * sin(${bar} / 70.0) + 0.4 * sin(${bar} * 1.7))`;

const barsSql = `SELECT 'SPY' AS symbol, '5m' AS timeframe, ts,
    strftime(epoch_ms(ts), '%Y-%m-%dT%H:%M:%S.%gZ') AS ts_iso, o AS open, greatest(o, c) + 0.2 AS high,
    least(o, c) - 0.2 AS low, c AS close, (100 + i % 900)::DOUBLE AS volume, NULL::BIGINT AS global_x,
    'bench' AS source, ${candles.version}::BIGINT AS schema_version
  FROM (SELECT i, ${monthFrom} + i * ${barMs} AS ts, ${price('i')} AS o, ${price('(i + 1)')} AS c
    FROM range(${bars}) AS bars(i))`;

/** `count` objects of one kind, evenly over the bars. */
function objectsSql(kind: string, count: number, shape: string): string {
  return `SELECT 'SPY' AS symbol, '5m' AS timeframe, '${kind}-' || id AS object_id, '${kind}' AS object_type,
      'create' AS action, t0 AS event_ts, strftime(epoch_ms(t0), '%Y-%m-%dT%H:%M:%S.%gZ') AS event_ts_iso,
      t0 AS t_start, ${shape}, NULL::DOUBLE AS step, 'bench' AS reason
    FROM (SELECT id, ${monthFrom} + (id * ${bars} // ${count}) * ${barMs} AS t0,
        ${price(`(id * ${bars} // ${count})`)} AS p FROM range(${count}) AS ids(id))`;
}

const eventsSql = `SELECT *, 1::BIGINT AS sequence, ${objects.version}::BIGINT AS schema_version FROM (
  ${objectsSql(
    'zone',
    1_000,
    `t0 + ${60 * barMs} AS t_end, p - 0.6 AS y_min, p - 0.1 AS y_max, NULL::DOUBLE AS y,
     '{"side":"demand","label":"Demand","status":"fresh"}' AS payload`,
  )}
  UNION ALL BY NAME ${objectsSql(
    'flag',
    500,
    `t0 + ${20 * barMs} AS t_end, p - 1 AS y_min, p + 1 AS y_max, NULL::DOUBLE AS y,
     '{"direction":"bull","label":"Bull flag","pole":{"t0":' || t0 || ',"p0":' || (p - 1) || ',"t1":' ||
     (t0 + ${8 * barMs}) || ',"p1":' || (p + 1) || '}}' AS payload`,
  )}
  UNION ALL BY NAME ${objectsSql(
    'marker',
    1_000,
    `t0 AS t_end, p AS y_min, p AS y_max, p AS y, '{"kind":"entry","side":"long","text":"Long 100"}' AS payload`,
  )})`;

/** Six thousand bars of five minutes under a thousand zones, five hundred flags and a thousand markers. */
export function crowdedStore(folders: BenchFolders): Promise<string> {
  return keptStore(folders, 'crowded-1', async (maker) => {
    await maker.store.swap(
      [
        await writeCompacted(maker, candles, '5m', '2025-08', barsSql),
        await writeCompacted(maker, objects, '5m', '2025-08', eventsSql),
      ],
      [],
    );
  });
}
