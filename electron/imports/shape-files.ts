import { findDataset } from '#schemas/index';
import type { FileShape, TimeUnit } from '#shared/domain/file-shape';
import type { UnreadableFile } from '#shared/domain/viewport';
import { groupBy } from '#shared/group-by';
import { barTimeNames, symbolNames, timeframeNames } from '../engine/canonical-candles.ts';
import { endNames, eventTimeNames, startNames } from '../engine/canonical-objects.ts';
import { canonicalSelect, isOwnShape } from '../engine/canonical-select.ts';
import type { Engine } from '../engine/engine.ts';
import { readFooters } from '../engine/inspect-files.ts';
import { isNumberType, unitOf, yearSql } from '../engine/instant-sql.ts';
import { readFiles } from '../engine/read-files.ts';
import { quoteName } from '../engine/sql.ts';
import { holdsPlainRows, type ForeignPath } from '../storage/foreign-layout.ts';

/** What the files themselves do not say. */
export interface ShapeContext {
  /** IANA zone of times without an offset. */
  readonly zone: string;
  /** Symbol of files that have no column for it. */
  readonly symbol?: string | undefined;
}

/** A file whose rows can be read in our columns. */
export interface ShapedFile {
  readonly file: ForeignPath;
  /** Always there, also where the columns are our own. */
  readonly shape: FileShape;
  readonly isOwn: boolean;
  /** What our writers put in the footer; empty when another program wrote it. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface ShapedFiles {
  readonly shaped: readonly ShapedFile[];
  readonly unreadable: readonly UnreadableFile[];
  /** Files of bars and other rows without a symbol, of which the context says none either. */
  readonly withoutSymbol: readonly ForeignPath[];
}

type Columns = FileShape['columns'];

const filesAtOnce = 1_000;

/** Finds out how to read files of unknown writers, from their footers and the bounds of their times. */
export async function shapeFiles(
  engine: Engine,
  root: string,
  files: readonly ForeignPath[],
  context: ShapeContext,
): Promise<ShapedFiles> {
  const shaped: ShapedFile[] = [];
  const unreadable: UnreadableFile[] = [];
  const withoutSymbol: ForeignPath[] = [];
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const batch = files.slice(start, start + filesAtOnce);
    const footers = await readFooters(
      engine,
      root,
      batch.map(({ path }) => path),
    );
    unreadable.push(...footers.unreadable);
    const readable = batch.flatMap((file) => {
      const footer = footers.found.get(file.path);
      if (footer === undefined) return [];
      // A column in which no row has a value is written without a type by some: it is as good as none.
      return [{ file, ...footer, columns: footer.columns.filter(([, type]) => type !== '"NULL"') }];
    });
    const units = await findUnits(engine, root, readable);
    unreadable.push(...units.unreadable);
    const years = await findYears(engine, root, readable);
    for (const { file, columns, metadata } of readable) {
      const unit = units.found.get(file.path);
      if (unit === undefined) continue;
      const dataset = findDataset(file.dataset);
      if (dataset === undefined) continue;
      if (holdsPlainRows(file) && context.symbol === undefined && !hasOneOf(columns, symbolNames)) {
        withoutSymbol.push(file);
        continue;
      }
      const ownYears = years.get(file.path);
      const shape: FileShape = {
        columns,
        unit,
        zone: context.zone,
        ...(ownYears === undefined ? {} : { years: ownYears }),
        fills: fillsOf(file, columns, context),
      };
      const select = canonicalSelect(dataset, shape);
      const isOwn = isOwnShape(dataset, columns) && unit === 'ms';
      if (select.ok) shaped.push({ file, shape, isOwn, metadata });
      else unreadable.push({ path: file.path, reason: select.reason });
    }
  }
  return { shaped: internShapes(shaped), unreadable, withoutSymbol };
}

function fillsOf(file: ForeignPath, columns: Columns, context: ShapeContext): FileShape['fills'] {
  // Day files that were converted from CSV may lack what their source did not have; a part is what a bot means to say.
  const lacksVolume =
    file.kind === 'bars' && file.level !== 'part' && !hasOneOf(columns, ['volume', 'vol', 'v']);
  const lacksTime = file.kind === 'timeline' && !hasOneOf(columns, eventTimeNames);
  return {
    ...(context.symbol === undefined || hasOneOf(columns, symbolNames) ? {} : { symbol: context.symbol }),
    ...(file.timeframe === null || hasOneOf(columns, timeframeNames) ? {} : { timeframe: file.timeframe }),
    ...(lacksVolume ? { volume: 0 } : {}),
    ...(lacksTime ? { event_ts: Date.parse(`${file.partition}T00:00:00Z`) } : {}),
    ...(file.kind === 'current' ? { action: 'create' } : {}),
  };
}

/** Whether there is a column of one of these names, which are in lower case; the columns may be in any. */
export function hasOneOf(columns: Columns, names: readonly string[]): boolean {
  return columns.some(([name]) => names.includes(name.toLowerCase()));
}

interface ReadableFile {
  readonly file: ForeignPath;
  readonly columns: Columns;
}

/** What whole numbers in the time column of rows count. Events are told apart row by row, where they are read. */
async function findUnits(engine: Engine, root: string, files: readonly ReadableFile[]) {
  const found = new Map<string, TimeUnit>();
  const unreadable: UnreadableFile[] = [];
  const byColumn = new Map<string, string[]>();
  for (const { file, columns } of files) {
    const time = holdsPlainRows(file) ? timeColumnOf(columns) : undefined;
    if (time === undefined || !isNumberType(time[1])) found.set(file.path, 'ms');
    else byColumn.set(time[0], [...(byColumn.get(time[0]) ?? []), file.path]);
  }
  for (const [column, paths] of byColumn) {
    const sql = `SELECT file_index, min(${quoteName(column)})::DOUBLE, max(${quoteName(column)})::DOUBLE
      FROM read_parquet($1, union_by_name = true) GROUP BY file_index`;
    const query = async (list: readonly string[]) => {
      const rows = await engine.rows(sql, [list]);
      return rows.map(([index, low, high]) => [list[Number(index)] ?? '', low, high] as const);
    };
    const bounds = await readFiles(root, paths, query, []);
    unreadable.push(...bounds.unreadable);
    const refused = new Set(bounds.unreadable.map(({ path }) => path));
    // A file without rows, or with no time in them, is read as ours would be.
    for (const path of paths) if (!refused.has(path)) found.set(path, 'ms');
    for (const [path, low, high] of bounds.value) {
      if (typeof low === 'number' && typeof high === 'number')
        found.set(path.slice(root.length + 1), unitOf(low, high));
    }
  }
  return { found, unreadable };
}

/** The years of times without an offset. Files in which they cannot be found out are read without knowing them. */
async function findYears(
  engine: Engine,
  root: string,
  files: readonly ReadableFile[],
): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const found = new Map<string, readonly [number, number]>();
  const groups = groupBy(files, ({ file, columns }) => {
    const names = holdsPlainRows(file) ? barTimeNames : [...eventTimeNames, ...startNames, ...endNames];
    const hasNumber = holdsPlainRows(file) && isNumberType(timeColumnOf(columns)?.[1] ?? '');
    const times = hasNumber ? [] : columns.filter(([name]) => names.includes(name.toLowerCase()));
    return times.flatMap(([name, type]) => yearSql(name, type) ?? []).join(', ');
  });
  for (const [years, group] of groups) {
    if (years === '') continue;
    const sql = `SELECT file_index, min(list_min([${years}])), max(list_max([${years}]))
      FROM read_parquet($1) GROUP BY file_index`;
    const paths = group.map(({ file }) => `${root}/${file.path}`);
    for (const [index, first, last] of await engine.rows(sql, [paths]).catch(() => [])) {
      const path = group[Number(index)]?.file.path;
      const isKnown = typeof first === 'number' && typeof last === 'number' && first > 0 && last < 9_999;
      if (path !== undefined && isKnown) found.set(path, [first, last]);
    }
  }
  return found;
}

function timeColumnOf(columns: Columns): Columns[number] | undefined {
  const byName = new Map(columns.map((column) => [column[0].toLowerCase(), column]));
  return barTimeNames.map((name) => byName.get(name)).find((column) => column !== undefined);
}

/** Files of one shape share it: there may be ten thousand of them. */
function internShapes(files: readonly ShapedFile[]): ShapedFile[] {
  const shapes = new Map<string, FileShape>();
  return files.map((file) => {
    const key = JSON.stringify(file.shape);
    const known = shapes.get(key);
    if (known === undefined) shapes.set(key, file.shape);
    return known === undefined ? file : { ...file, shape: known };
  });
}
