import type { ConflictDay, RejectedImport } from '#shared/domain/import';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { DAY } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import type { Engine } from '../../engine/engine.ts';
import { shapedSource } from '../../engine/shaped-source.ts';
import { quoteText } from '../../engine/sql.ts';
import { intakeColumns, mostListed } from './bar-intake.ts';
import type {
  CompareResult,
  CompareTask,
  ReadProgress,
  ReadResult,
  ReadTask,
  WriteResult,
  WriteTask,
} from './import-work.ts';
import { readFiles } from './read-files.ts';
import { writeFiles } from './write-files.ts';

/** One import, step by step: what was read stays in the database between the steps. */
export interface ImportSteps {
  readonly read: (task: ReadTask, onProgress: (progress: ReadProgress) => void) => Promise<ReadResult>;
  readonly compare: (task: CompareTask) => Promise<CompareResult>;
  readonly write: (
    task: WriteTask,
    onProgress: (progress: Partial<ReadProgress>) => void,
  ) => Promise<readonly WriteResult[]>;
}

const values = ['open', 'high', 'low', 'close', 'volume'] as const;
const sameValues = values.map((name) => `staged.${name} = stored.${name}`).join(' AND ');
const sameKey = 'stored.symbol_place = staged.symbol_place AND stored.ts = staged.ts';

/** Needs a database to itself: its tables are made anew by each `read`, which goes before `compare` and `write`. */
export function createImportSteps(engine: Engine): ImportSteps {
  let symbols: readonly string[] = [];
  let span: { readonly first: number; readonly last: number } | null = null;

  async function read(task: ReadTask, onProgress: (progress: ReadProgress) => void): Promise<ReadResult> {
    await engine.run('DROP VIEW IF EXISTS fresh');
    for (const table of ['staged', 'stored', 'replaced', 'added'])
      await engine.run(`DROP TABLE IF EXISTS ${table}`);
    await engine.run(`CREATE TABLE staged (${intakeColumns.map((name) => `${name} DOUBLE`).join(', ')})`);
    const found = await readFiles(
      engine,
      task,
      (columns) => engine.fillNumbers('staged', columns),
      onProgress,
    );
    const { intake, sourceNames } = found;
    const repeated = intake.isInOrder ? noRepeats : await takeRepeats(engine, sourceNames);
    symbols = intake.symbols;
    const [row = []] = await engine.rows('SELECT count(*), min(ts), max(ts) FROM staged', []);
    const [rows, first, last] = [Number(row[0]), nullable(row[1]), nullable(row[2])];
    span = first === null || last === null ? null : { first, last };
    const rejected = [...intake.rejected, ...repeated.rejected];
    return {
      ...{ sources: found.sources, sourceCount: found.sourceCount, timeframe: found.timeframe },
      files: withRejected(found.files, repeated),
      likelyTimeframe: found.likelyTimeframe,
      ...{ symbols, firstBars: intake.firstBars, rows, repeats: repeated.equal },
      outside: intake.outside,
      rejected: rejected.slice(0, mostListed),
      rejectedRows: intake.rejectedRows + repeated.count,
      ...{ first, last, notes: found.notes, isPartial: found.isPartial },
    };
  }

  async function compare({ stored, shapes, replacesDays }: CompareTask): Promise<CompareResult> {
    if (stored.length > 0 && span !== null) await loadStored(stored, new Map(Object.entries(shapes)));
    else
      await engine.run(
        `CREATE TABLE stored AS SELECT symbol_place, ts, ${values.join(', ')} FROM staged LIMIT 0`,
      );
    const days = stored.length === 0 ? [] : await daysOf();
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
        return { symbol: symbols[place] ?? '', day: dayText(dayNumber), stored: had, incoming, different };
      }),
      fresh: fresh.map(([day, rows]) => ({ day: dayText(Number(day)), rows: Number(rows) })),
    };
  }

  /** Of rows with one key the later write counts, as everywhere. */
  async function loadStored(
    paths: readonly string[],
    shapes: ReadonlyMap<string, CompareTask['shapes'][string]>,
  ) {
    const source = shapedSource({
      ...{ dataset: candles, paths, shapes, columns: ['symbol', 'ts', ...values] },
      listSql: (list) => `[${list.map(quoteText).join(', ')}]`,
    });
    const days = [Math.floor((span?.first ?? 0) / DAY), Math.floor((span?.last ?? 0) / DAY) + 1] as const;
    await engine.run(
      `CREATE TABLE stored AS
       SELECT CAST(list_position(${symbolList()}, symbol) - 1 AS DOUBLE) AS symbol_place, CAST(ts AS DOUBLE) AS ts, ${values.join(', ')}
       FROM (${source}) WHERE symbol IN (${symbols.map(quoteText).join(', ')}) AND ts >= ${days[0] * DAY} AND ts < ${days[1] * DAY}
       QUALIFY row_number() OVER (PARTITION BY symbol, ts ORDER BY file_index DESC, file_row_number DESC) = 1`,
    );
  }

  /** Days of which the store has any bar, by symbol. */
  async function daysOf() {
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

  function symbolList(): string {
    return `[${symbols.map(quoteText).join(', ')}]`;
  }

  return {
    read,
    compare,
    write: (task, onProgress) =>
      writeFiles(engine, symbols, task, (written) =>
        onProgress({ doing: `Writing, ${written} of ${task.files.length} files` }),
      ),
  };
}

interface Repeats {
  readonly equal: number;
  readonly count: number;
  readonly rejected: readonly RejectedImport[];
  readonly bySource: ReadonlyMap<string, { readonly equal: number; readonly rejected: number }>;
}

const noRepeats: Repeats = { equal: 0, count: 0, rejected: [], bySource: new Map() };

/** Takes out bars whose key stood before in the files: equal ones are duplicates, others are told of. */
async function takeRepeats(engine: Engine, sourceNames: readonly string[]): Promise<Repeats> {
  const order = 'PARTITION BY symbol_place, ts ORDER BY source_place, line';
  const isEqual = values.map((name) => `${name} = first_value(${name}) OVER (${order})`).join(' AND ');
  await engine.run(
    `CREATE OR REPLACE TABLE repeats AS
     SELECT rowid AS staged_row, source_place, line, ts, ${isEqual} AS is_equal,
       first_value(line) OVER (${order}) AS first_line, first_value(source_place) OVER (${order}) AS first_source
     FROM staged QUALIFY row_number() OVER (${order}) > 1`,
  );
  await engine.run('DELETE FROM staged WHERE rowid IN (SELECT staged_row FROM repeats)');
  const totals = await engine.rows(
    'SELECT source_place, count_if(is_equal), count_if(NOT is_equal) FROM repeats GROUP BY source_place',
    [],
  );
  const listed = await engine.rows(
    `SELECT source_place, line, ts, first_line, first_source FROM repeats WHERE NOT is_equal
     ORDER BY source_place, line LIMIT ${mostListed}`,
    [],
  );
  await engine.run('DROP TABLE repeats');
  const nameOf = (place: unknown) => sourceNames[Number(place)] ?? '';
  return {
    equal: totals.reduce((sum, [, equal]) => sum + Number(equal), 0),
    count: totals.reduce((sum, [, , other]) => sum + Number(other), 0),
    bySource: new Map(
      totals.map(([place, equal, other]) => [
        nameOf(place),
        { equal: Number(equal), rejected: Number(other) },
      ]),
    ),
    rejected: listed.map(([place, line, ts, firstLine, firstSource]) => {
      const where =
        place === firstSource
          ? `line ${String(firstLine)}`
          : `${nameOf(firstSource)}, line ${String(firstLine)}`;
      const reason = `${formatIsoUtc(Number(ts))} stands on ${where} with other values`;
      return { file: nameOf(place), line: Number(line), field: 'time', reason };
    }),
  };
}

function withRejected(files: ReadResult['files'], { bySource }: Repeats): ReadResult['files'] {
  return files.map((file) => {
    const rejected = bySource.get(file.name)?.rejected ?? 0;
    return rejected === 0
      ? file
      : { ...file, rows: file.rows - rejected, rejected: file.rejected + rejected };
  });
}

function dayText(dayNumber: number): string {
  return formatIsoUtc(dayNumber * DAY).slice(0, 10);
}

function nullable(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
