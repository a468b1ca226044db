import type { ConflictDay } from '#shared/domain/import';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import type { Engine } from '../../engine/engine.ts';
import { shapedSource } from '../../engine/shaped-source.ts';
import { quoteText } from '../../engine/sql.ts';
import type { CompareResult, CompareTask } from './import-work.ts';

/** What was read of an import, in the table `staged`, whose `symbol_place` is a place in `symbols`. */
export interface StagedBars {
  readonly symbols: readonly string[];
  /** First and last `ts`; null without bars. */
  readonly span: { readonly first: number; readonly last: number } | null;
}

/** What bars of one key may differ in. */
export const barValues = ['open', 'high', 'low', 'close', 'volume'] as const;
const sameValues = barValues.map((name) => `staged.${name} = stored.${name}`).join(' AND ');
const sameKey = 'stored.symbol_place = staged.symbol_place AND stored.ts = staged.ts';

/** Finds out what of the staged bars the store has, and puts those that are new into the view `fresh`. */
export async function compareStaged(
  engine: Engine,
  staged: StagedBars,
  { stored, shapes, replacesDays }: CompareTask,
): Promise<CompareResult> {
  if (stored.length > 0 && staged.span !== null)
    await loadStored(engine, staged, stored, new Map(Object.entries(shapes)));
  else
    await engine.run(
      `CREATE TABLE stored AS SELECT symbol_place, ts, ${barValues.join(', ')} FROM staged LIMIT 0`,
    );
  const days = stored.length === 0 ? [] : await storedDays(engine);
  const changed = days.filter(({ stored: had, incoming, same, different }) =>
    replacesDays ? had > 0 && (had !== incoming || had !== same) : different > 0,
  );
  const replaced = replacesDays ? changed : [];
  await engine.run('CREATE TABLE replaced (symbol_place DOUBLE, day DOUBLE)');
  await engine.fillNumbers('replaced', [
    Float64Array.from(replaced, ({ place }) => place),
    Float64Array.from(replaced, ({ dayNumber }) => dayNumber),
  ]);
  if (days.length === 0) await engine.run('CREATE VIEW fresh AS FROM staged');
  else {
    await engine.run(
      `CREATE TABLE added AS SELECT * FROM staged
       WHERE NOT EXISTS (FROM stored WHERE ${sameKey})
       AND NOT EXISTS (FROM replaced WHERE replaced.symbol_place = staged.symbol_place AND replaced.day = floor(staged.ts / ${DAY}))`,
    );
    await engine.run('CREATE VIEW fresh AS FROM added');
  }
  const isReplaced = new Set(replaced);
  const untouched = days.filter((day) => !isReplaced.has(day));
  const fresh = await engine.rows(
    `SELECT CAST(floor(ts / ${DAY}) AS BIGINT) AS day, count(*) FROM fresh GROUP BY day ORDER BY day`,
    [],
  );
  return {
    duplicates: untouched.reduce((sum, { same }) => sum + same, 0),
    conflicts: days.reduce((sum, { different }) => sum + different, 0),
    days: changed.map(({ place, dayNumber, stored: had, incoming, different }): ConflictDay => {
      return {
        symbol: staged.symbols[place] ?? '',
        day: dayText(dayNumber),
        stored: had,
        incoming,
        different,
      };
    }),
    fresh: fresh.map(([day, rows]) => ({ day: dayText(Number(day)), rows: Number(rows) })),
  };
}

/** Of rows with one key the later write counts, as everywhere. */
async function loadStored(
  engine: Engine,
  { symbols, span }: StagedBars,
  paths: readonly string[],
  shapes: ReadonlyMap<string, CompareTask['shapes'][string]>,
) {
  const list = symbols.map(quoteText).join(', ');
  const source = shapedSource({
    ...{ dataset: candles, paths, shapes, columns: ['symbol', 'ts', ...barValues] },
    listSql: (files) => `[${files.map(quoteText).join(', ')}]`,
  });
  const days = [Math.floor((span?.first ?? 0) / DAY), Math.floor((span?.last ?? 0) / DAY) + 1] as const;
  await engine.run(
    `CREATE TABLE stored AS
     SELECT CAST(list_position([${list}], symbol) - 1 AS DOUBLE) AS symbol_place, CAST(ts AS DOUBLE) AS ts, ${barValues.join(', ')}
     FROM (${source}) WHERE symbol IN (${list}) AND ts >= ${days[0] * DAY} AND ts < ${days[1] * DAY}
     QUALIFY row_number() OVER (PARTITION BY symbol, ts ORDER BY file_index DESC, file_row_number DESC) = 1`,
  );
}

/** Days of which the store has any bar, by symbol. */
async function storedDays(engine: Engine) {
  const rows = await engine.rows(
    `WITH both_sides AS (
       SELECT staged.symbol_place AS place, floor(staged.ts / ${DAY}) AS day,
         (${sameValues}) IS TRUE AS same, stored.ts IS NOT NULL AND NOT (${sameValues}) AS different
       FROM staged LEFT JOIN stored ON ${sameKey}),
     ours AS (SELECT symbol_place AS place, floor(ts / ${DAY}) AS day, count(*) AS had FROM stored GROUP BY ALL)
     SELECT place, day, any_value(had), count(*), count_if(same), count_if(different)
     FROM both_sides JOIN ours USING (place, day) GROUP BY place, day ORDER BY place, day`,
    [],
  );
  return rows.map(([place, dayNumber, had, incoming, same, different]) => ({
    ...{ place: Number(place), dayNumber: Number(dayNumber) },
    ...{
      stored: Number(had),
      incoming: Number(incoming),
      same: Number(same),
      different: Number(different),
    },
  }));
}

function dayText(dayNumber: number): string {
  return formatIsoUtc(dayNumber * DAY).slice(0, 10);
}
