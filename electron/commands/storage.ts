import { counted } from '#shared/counted';
import type { ParquetDetails, StorageFile, StoragePart, StorageSummary } from '#shared/domain/storage';
import { WorkbenchError } from '#shared/errors';
import type { Command } from 'commander';
import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { describeParquet } from '../engine/describe-parquet.ts';
import { createEngine } from '../engine/engine.ts';
import { fileFault } from '../engine/file-fault.ts';
import { numberArgument } from './arguments.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

const mostHeadRows = 200;

/** Adds `storage`, and `storage file`, which describes a file of a store or, without --store, any Parquet file. */
export function addStorage(program: Command): void {
  const storage = program
    .command('storage')
    .description(
      'What the store takes: by dataset, symbol, timeframe and tier, how it grows, what is left of the disk.',
    )
    .option('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
The days until the disk is full follow the straight line through the sizes of the last thirty days, which the store
keeps hourly while it is open.

Example:
  tapedeck storage --store ./store --json`,
    )
    .action(async ({ store, json }: { store?: string; json?: true }) => {
      if (store === undefined)
        throw new WorkbenchError('argument-invalid', "required option '--store <dir>' not specified");
      const summary = await withStore(store, 'own', (client) => client.storage.summary({}));
      if (json === true) printJson(summary);
      else printLines(summaryLines(summary));
    });

  storage
    .command('file')
    .description('Print what one Parquet file says of itself: columns, statistics, row groups, rows.')
    .argument('<path>', 'a path in the store, or of any Parquet file')
    .option('--store <dir>', 'the store that the file is in')
    .option('--head <rows>', `print its first rows as well, up to ${mostHeadRows}`, numberArgument)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Example:
  tapedeck storage file data/5m/2025-09.parquet --store ./store --head 5`,
    )
    .action(
      async (path: string, { store, head = 0, json }: { store?: string; head?: number; json?: true }) => {
        if (!Number.isInteger(head) || head < 0 || head > mostHeadRows)
          throw new WorkbenchError(
            'argument-invalid',
            `--head: ${head} is no whole number up to ${mostHeadRows}`,
          );
        const details =
          store === undefined
            ? await describeAlone(path, head)
            : await withStore(store, 'own', (client) =>
                client.storage.file({ path: pathInStore(store, path), headRows: head }),
              );
        if (json === true) printJson(details);
        else printLines(fileLines(details));
      },
    );
}

/** A path in the store as it is, one of the system as the store has it. */
function pathInStore(store: string, path: string): string {
  if (!existsSync(resolve(path)) || existsSync(resolve(store, path))) return path;
  return relative(realpathSync(store), realpathSync(path)).split(sep).join('/');
}

async function describeAlone(path: string, headRows: number): Promise<ParquetDetails> {
  if (!existsSync(path)) throw new WorkbenchError('file-unreadable', `${path}: there is no such file`);
  const engine = await createEngine({ threads: 1, memoryLimit: '512MB', trustsFileNames: false });
  try {
    return await describeParquet(engine, resolve(path), headRows);
  } catch (error) {
    throw new WorkbenchError('file-unreadable', `${path} cannot be read: ${fileFault(error)}`, {
      cause: error,
    });
  } finally {
    engine.close();
  }
}

function summaryLines(summary: StorageSummary): readonly string[] {
  const { files, rows, sizeBytes, logBytes, trash, freeBytes, growth, compressionRatio } = summary;
  return [
    `${counted(files, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)}; log ${formatBytes(logBytes)}; trash ${formatBytes(trash.sizeBytes)} in ${counted(trash.files, 'file')}`,
    `free on the disk: ${freeBytes === null ? 'unknown' : formatBytes(freeBytes)}`,
    ...(compressionRatio === null
      ? []
      : [`compression: ${compressionRatio.toFixed(2)} to 1 over the newest merged files`]),
    ...growthLines(growth),
    ...section(
      'Tiers',
      summary.tiers.map((each) => ({ ...each, name: each.tier })),
    ),
    ...section('Datasets', summary.datasets),
    ...section('Timeframes', summary.timeframes),
    ...section('Symbols', summary.symbols),
  ];
}

function growthLines({ bytesPerDay, daysUntilFull, basis }: StorageSummary['growth']): readonly string[] {
  const perDay =
    bytesPerDay === null ? '' : `${bytesPerDay < 0 ? '-' : ''}${formatBytes(Math.abs(bytesPerDay))} a day. `;
  const full =
    daysUntilFull === null ? '' : `The disk is full in ${counted(Math.floor(daysUntilFull), 'day')}. `;
  return [`growth: ${perDay}${full}${basis}`];
}

function section(title: string, parts: readonly StoragePart[]): readonly string[] {
  return [
    '',
    title,
    ...parts.map(
      ({ name, files, rows, sizeBytes }) =>
        `  ${name.padEnd(20)} ${formatBytes(sizeBytes).padStart(10)} ${counted(rows, 'row').padStart(20)} ${counted(files, 'file').padStart(14)}`,
    ),
  ];
}

function fileLines(details: ParquetDetails | StorageFile): readonly string[] {
  const { rows, sizeBytes, rowGroups, codecs, writtenBy, columns, metadata, head } = details;
  const groups = counted(rowGroups.length, 'row group');
  return [
    ...('file' in details ? [`${details.place}, tier ${details.file.tier}`] : []),
    `${counted(rows, 'row')}, ${formatBytes(sizeBytes)}, ${groups}, ${codecs.join(' and ')}, written by ${writtenBy}`,
    '',
    ...columns.map(
      ({ name, type, compressedBytes, nulls, min, max }) =>
        `  ${name.padEnd(16)} ${type.padEnd(10)} ${formatBytes(compressedBytes).padStart(10)} ${nulls === null ? '' : `${nulls} nulls`.padStart(12)}  ${min === null ? 'no statistics' : `${min} … ${max ?? ''}`}`,
    ),
    '',
    ...metadata.map(([key, value]) => `  ${key} = ${value.length > 80 ? `${value.slice(0, 80)}…` : value}`),
    ...head.map((cells) => cells.map((cell) => cell ?? 'null').join('  ')),
  ];
}
