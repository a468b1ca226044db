import { objects } from '#schemas/datasets/objects';
import { createEngine } from '../../../electron/engine/engine.ts';
import { medians, type Bench } from '../bench.ts';
import { keptStore, openHost, writeCompacted } from '../stores/make-store.ts';
import { sample } from '../timing.ts';
import { ask } from './viewport.ts';

const monthFrom = Date.UTC(2025, 7, 1);
const dayMs = 86_400_000;

/** Two thousand objects of five events each in one month. */
const eventsSql = `SELECT 'SPY' AS symbol, '5m' AS timeframe, 'zone-' || id AS object_id, 'zone' AS object_type,
    CASE step WHEN 0 THEN 'create' WHEN 4 THEN 'close' ELSE 'update' END AS action,
    ts AS event_ts, strftime(epoch_ms(ts), '%Y-%m-%dT%H:%M:%S.%gZ') AS event_ts_iso, start AS t_start,
    CASE step WHEN 4 THEN ts END AS t_end, (100 + id % 50)::DOUBLE AS y_min, (101 + id % 50)::DOUBLE AS y_max,
    NULL::DOUBLE AS y, step::DOUBLE AS step, 'bench' AS reason, '{"strength":' || (id % 9) || '}' AS payload,
    (step + 1)::BIGINT AS sequence, ${objects.version}::BIGINT AS schema_version
  FROM (SELECT id, step, ${monthFrom} + (id * 1200000) AS start, ${monthFrom} + (id * 1200000) + step * 60000 AS ts
    FROM range(2000) AS ids(id), range(5) AS steps(step))`;

const overlay: Bench = {
  name: 'objects-month',
  async run(folders) {
    const folder = await keptStore(folders, 'objects-1-10000', async (maker) => {
      await maker.store.swap([await writeCompacted(maker, objects, '5m', '2025-08', eventsSql)], []);
    });
    const host = await openHost(folders, folder);
    const engine = await createEngine({ threads: 2, memoryLimit: '1GB', trustsFileNames: false });
    const window = { symbol: 'SPY', timeframe: '5m', from: monthFrom, until: monthFrom + 30 * dayMs };
    const sql = `SELECT * FROM (
        SELECT * FROM read_parquet('${folder}/objects/**/*.parquet') WHERE symbol = $1 AND event_ts <= $2
        QUALIFY row_number() OVER (PARTITION BY object_id ORDER BY event_ts DESC, sequence DESC) = 1)
      WHERE t_start < $3 AND coalesce(t_end, 9e15) >= $4`;
    try {
      await ask(host, window);
      const now = await sample(60, () => ask(host, window));
      const asOf = await sample(60, (index) =>
        ask(host, { ...window, asOf: monthFrom + (index % 30) * dayMs }),
      );
      const plain = await sample(15, (index) =>
        engine.rows(sql, ['SPY', monthFrom + (index % 30) * dayMs, window.until, window.from]),
      );
      const note = 'states of a month of 10,000 events; plain: one query that reduces and filters';
      return [
        medians('objects-month', { ours: now, plain }, note),
        medians('objects-month-as-of', { ours: asOf, plain }, 'the same as it was known at an instant'),
      ];
    } finally {
      engine.close();
      await host.close();
    }
  },
};

export const objectBenches = [overlay];
