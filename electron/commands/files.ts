import { counted } from '#shared/counted';
import { candles } from '#schemas/datasets/candles';
import { datasets } from '#schemas/index';
import { Option, type Command } from 'commander';
import { realpathSync } from 'node:fs';
import { resolutionArgument } from './arguments.ts';
import { columnTypes } from '../engine/column-type.ts';
import { quoteName, quoteText } from '../engine/sql.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

interface FilesOptions {
  readonly store: string;
  readonly dataset?: string;
  readonly timeframe?: string;
  readonly sql?: true;
  readonly json?: true;
}

/** Adds `files`. As SQL it names absolute paths, and leaves out files whose disk is not there. */
export function addFiles(program: Command): void {
  program
    .command('files')
    .description('List the files that make up the store, for other tools to read.')
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--dataset <name>', 'only this one').choices(datasets.map(({ name }) => name)))
    .option('--timeframe <tf>', 'only this one', resolutionArgument)
    .addOption(new Option('--sql', 'print one read_parquet([..]) over them').conflicts('json'))
    .option('--json', 'print one JSON list')
    .addHelpText(
      'after',
      `
The list is what the store is at this moment; the next compaction replaces files, and a reader that misses one lists
them again. Late rows may stand in a part beside their day's file: of rows with one key the one with the higher
file sequence counts.

Example:
  duckdb -c "select count(*) from $(tapedeck files --store ./store --dataset candles --timeframe 5m --sql)"`,
    )
    .action(async ({ store, dataset, timeframe, sql, json }: FilesOptions) => {
      const filter = {
        ...(dataset === undefined ? {} : { dataset }),
        ...(timeframe === undefined ? {} : { timeframe }),
      };
      const files = await withStore(store, 'own', (client) => client.files.list(filter));
      if (sql === true) {
        const root = realpathSync(store);
        const absent = files.filter(({ isAvailable }) => !isAvailable).length;
        if (absent > 0)
          process.stderr.write(
            `${counted(absent, 'file is', 'files are')} left out: the disk of their tier is not there\n`,
          );
        const present = files.filter(({ isAvailable }) => isAvailable);
        printLines([
          tableSql(
            present.map(({ path }) => `${root}/${path}`),
            dataset ?? candles.name,
          ),
        ]);
      } else if (json === true) printJson(files);
      else
        printLines(
          files.map(
            ({ path, rows, sizeBytes }) => `${path}  ${counted(rows, 'row')}  ${formatBytes(sizeBytes)}`,
          ),
        );
    });
}

/** What DuckDB reads the rows of files from. It reads no empty list, so without files there are columns and no rows. */
function tableSql(paths: readonly string[], name: string): string {
  if (paths.length > 0) return `read_parquet([${paths.map(quoteText).join(', ')}], union_by_name = true)`;
  const columns = datasets
    .filter((dataset) => dataset.name === name)
    .flatMap((dataset) =>
      columnTypes(dataset).map(([column, type]) => `NULL::${type} AS ${quoteName(column)}`),
    );
  return `(SELECT ${columns.join(', ')} WHERE false)`;
}
