import type { Dataset } from '#schemas/define-dataset';
import { absoluteShapes, shapedSource, type Shapes } from '../shaped-source.ts';
import { quoteName, quoteText } from '../sql.ts';
import type { DatasetSnapshot, SeriesSnapshot, StoreSnapshot } from './store-snapshot.ts';

/** Tables of a query's instance that hold what no file does. */
export const pendingTable = (dataset: string) => `pending.${quoteName(dataset)}`;
/** Says where a symbol's rows are exact, as [from, until) in ms UTC: no others are shown of a dataset that has it. */
export const exactTable = (dataset: string) => `exact.${quoteName(dataset)}`;

/**
 * SQL for the rows of a dataset in a snapshot, each key once, the later writing of it. The timeframe is a constant of
 * each branch, spelled as the store's folders are: a query for one of them opens no file of the others.
 */
export function datasetSql(dataset: Dataset, held: DatasetSnapshot, snapshot: StoreSnapshot): string {
  const shapes = absoluteShapes(snapshot.root, new Map(snapshot.shapes));
  const branches = held.series.flatMap((series) =>
    seriesSql(dataset, series, snapshot.root, shapes).map((rows) => {
      const list = columnsOf(dataset)
        .map((name) =>
          name === 'timeframe' ? `${quoteText(series.timeframe)} AS timeframe` : quoteName(name),
        )
        .join(', ');
      const exact = held.exact === undefined ? '' : exactCondition(dataset, series.timeframe);
      return `SELECT ${list} FROM (${rows}) AS bars ${exact}`;
    }),
  );
  if (branches.length === 0) return `SELECT * FROM ${pendingTable(dataset.name)} WHERE false`;
  return branches.join('\nUNION ALL ');
}

/** SQL for the last of the events of each object, of rows that `source` gives. */
export function lastStatesSql(source: string): string {
  return `SELECT * FROM ${source}
    QUALIFY row_number() OVER (PARTITION BY object_id ORDER BY event_ts DESC, "sequence" DESC) = 1`;
}

function seriesSql(dataset: Dataset, series: SeriesSnapshot, root: string, shapes: Shapes): string[] {
  const names = columnsOf(dataset);
  const key = dataset.key.filter((name) => name !== 'timeframe').map(quoteName);
  const list = names.map(quoteName).join(', ');
  const filesSql = (paths: readonly string[]) =>
    shapedSource({
      dataset,
      paths: paths.map((path) => `${root}/${path}`),
      shapes,
      columns: names,
      listSql: (files) => `[${files.map(quoteText).join(', ')}]`,
    });
  const branches: string[] = [];
  if (series.single.length > 0) branches.push(`SELECT ${list} FROM (${filesSql(series.single)})`);
  const late = [
    ...(series.later.length === 0 ? [] : [filesSql(series.later)]),
    ...(series.pending.length === 0
      ? []
      : [
          `SELECT ${list}, ${String(series.later.length)}::UBIGINT AS file_index, rowid AS file_row_number
            FROM ${pendingTable(dataset.name)} WHERE timeframe = ${quoteText(series.timeframe)}`,
        ]),
  ].join(' UNION ALL ');
  if (late !== '') {
    branches.push(
      `SELECT ${list} FROM (${late}) QUALIFY row_number() OVER
        (PARTITION BY ${key.join(', ')} ORDER BY file_index DESC, file_row_number DESC) = 1`,
    );
  }
  if (series.earlier.length > 0) {
    const without =
      late === '' ? '' : ` ANTI JOIN (SELECT ${key.join(', ')} FROM (${late})) USING (${key.join(', ')})`;
    branches.push(`SELECT ${list} FROM (${filesSql(series.earlier)})${without}`);
  }
  return branches;
}

function exactCondition(dataset: Dataset, timeframe: string): string {
  return `SEMI JOIN (SELECT * FROM ${exactTable(dataset.name)} WHERE timeframe = ${quoteText(timeframe)}) AS stretch
    ON bars.symbol = stretch.symbol AND bars.ts >= stretch."from" AND bars.ts < stretch.until`;
}

function columnsOf(dataset: Dataset): string[] {
  return Object.keys(dataset.columns);
}
