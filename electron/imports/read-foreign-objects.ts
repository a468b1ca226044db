import { objects } from '#schemas/datasets/objects';
import type { StoredRow } from '#schemas/define-dataset';
import type { UnreadableFile } from '#shared/domain/viewport';
import { groupBy } from '#shared/group-by';
import type { Engine } from '../engine/engine.ts';
import { readCandidates, type CandidateRow } from '../engine/read-candidates.ts';
import { readFiles } from '../engine/read-files.ts';
import { keyOf, shapedSource, type Shapes } from '../engine/shaped-source.ts';
import { quoteText } from '../engine/sql.ts';
import { candles } from '#schemas/datasets/candles';
import { checkRow, type FaultyRow } from './check-rows.ts';
import { completeEvents, type BarTime, type EventDefaults, type ForeignEvent } from './complete-events.ts';
import type { ShapedFile } from './shape-files.ts';

/** The events of one file in our columns, and those of its rows that are none. */
export interface EventsOfFile {
  readonly rows: readonly StoredRow[];
  readonly bad: readonly FaultyRow[];
}

/** Rows of files that cannot be read are left out, and the files are named. */
export async function readEventCandidates(
  engine: Engine,
  root: string,
  files: readonly ShapedFile[],
): Promise<{
  readonly found: ReadonlyMap<string, readonly CandidateRow[]>;
  readonly unreadable: readonly UnreadableFile[];
}> {
  const found = new Map<string, readonly CandidateRow[]>();
  const unreadable: UnreadableFile[] = [];
  for (const group of groupBy(files, ({ shape }) => keyOf(shape)).values()) {
    const shape = group[0]?.shape;
    if (shape === undefined) continue;
    const query = async (paths: readonly string[]) => {
      const rows = await readCandidates(engine, objects, paths, shape);
      return rows.map(
        (candidates, index) => [paths[index]?.slice(root.length + 1) ?? '', candidates] as const,
      );
    };
    const read = await readFiles(
      root,
      group.map(({ file }) => file.path),
      query,
      [],
    );
    unreadable.push(...read.unreadable);
    for (const [path, candidates] of read.value) found.set(path, candidates);
  }
  return { found, unreadable };
}

/** Puts the events of all files together, completes each from the one before, and checks them. */
export function finishEvents(
  files: readonly { readonly shaped: ShapedFile; readonly candidates: readonly CandidateRow[] }[],
  barTime: BarTime,
  defaults: EventDefaults,
): ReadonlyMap<string, EventsOfFile> {
  const events = files.flatMap(({ shaped: { file, isOwn }, candidates }) =>
    candidates.map((candidate): ForeignEvent => ({
      ...candidate,
      path: file.path,
      isState: file.kind === 'current',
      isWhole: isOwn,
    })),
  );
  const finished = new Map(
    files.map(({ shaped }) => [shaped.file.path, { rows: [] as StoredRow[], bad: [] as FaultyRow[] }]),
  );
  for (const event of completeEvents(events, barTime, defaults)) {
    const verdict = checkRow(objects, event);
    if ('row' in verdict) finished.get(event.path)?.rows.push(verdict.row);
    else finished.get(event.path)?.bad.push(verdict.fault);
  }
  return finished;
}

/** Looks up bars by the index that their writer gave them, all at once. */
export async function findBarTimes(
  engine: Engine,
  root: string,
  bars: { readonly paths: readonly string[]; readonly shapes: Shapes; readonly timeframe: string },
  indexes: readonly number[],
): Promise<BarTime> {
  if (indexes.length === 0 || bars.paths.length === 0) return () => null;
  const source = shapedSource({
    dataset: candles,
    paths: bars.paths.map((path) => `${root}/${path}`),
    shapes: new Map([...bars.shapes].map(([path, shape]) => [`${root}/${path}`, shape])),
    columns: ['symbol', 'ts', 'global_x'],
    listSql: (paths) => `[${paths.map(quoteText).join(', ')}]`,
  });
  const rows = await engine.rows(
    `SELECT symbol, global_x, min(ts) FROM (${source}) WHERE global_x IN (${[...new Set(indexes)].join(', ')})
     GROUP BY symbol, global_x`,
    [],
  );
  const opens = new Map(
    rows.map(([symbol, index, ts]) => [`${String(symbol)} ${String(index)}`, Number(ts)]),
  );
  return (symbol, timeframe, index) =>
    timeframe === bars.timeframe ? (opens.get(`${symbol} ${index}`) ?? null) : null;
}
