import { counted, grouped } from '#shared/counted';
import type { RejectedImport } from '#shared/domain/import';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { Engine } from '../../engine/engine.ts';
import { intakeColumns, mostListed } from './bar-intake.ts';
import { barValues, compareStaged, type StagedBars } from './compare-staged.ts';
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

/** Needs a database to itself: its tables are made anew by each `read`, which goes before `compare` and `write`. */
export function createImportSteps(engine: Engine): ImportSteps {
  let symbols: readonly string[] = [];
  let span: StagedBars['span'] = null;

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

  return {
    read,
    compare: (task) => compareStaged(engine, { symbols, span }, task),
    write: (task, onProgress) =>
      writeFiles(engine, symbols, task, (written) =>
        onProgress({ doing: `Writing, ${grouped(written)} of ${counted(task.files.length, 'file')}` }),
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
  const isEqual = barValues.map((name) => `${name} = first_value(${name}) OVER (${order})`).join(' AND ');
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

function nullable(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}
