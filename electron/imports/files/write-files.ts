import { candles } from '#schemas/datasets/candles';
import type { Engine } from '../../engine/engine.ts';
import { createSlots } from '../../engine/merge-files.ts';
import type { Encoding } from '../../engine/parquet-options.ts';
import { readBack, summarize, verifyWritten, type RowSummary } from '../../engine/row-summary.ts';
import { isoSql, quoteName, quoteText } from '../../engine/sql.ts';
import { smallestEncoding, writeSorted, type SortedFile } from '../../engine/write-sorted.ts';
import type { FileToWrite, WriteResult, WriteTask } from './import-work.ts';

/** A file of one month has two groups of rows: by itself it keeps no more than one core busy. */
const filesAtOnce = 2;

/**
 * Writes the bars of the tables `staged` or `fresh` to files and reads each of them back. The encoding is tried on the
 * file with the most bars and taken for all: those of one import are alike, and the trial costs three times the file.
 */
export async function writeFiles(
  engine: Engine,
  symbols: readonly string[],
  task: WriteTask,
  onFile: (written: number) => void,
): Promise<readonly WriteResult[]> {
  const siblings: Engine[] = [];
  try {
    while (siblings.length < Math.min(filesAtOnce, task.files.length)) siblings.push(await engine.sibling());
    const prepared = await eachOn(siblings, task.files, async (own, file) => {
      const source = sourceSql(symbols, task, file);
      await createSlots(own, file.globalX);
      return { file, source, expected: await summarize(own, candles, source) };
    });
    const [largest] = prepared.toSorted((a, b) => b.expected.rows - a.expected.rows);
    if (largest === undefined) return [];
    await createSlots(engine, largest.file.globalX);
    const encoding = await smallestEncoding(engine, sortedFile(largest));
    let written = 0;
    return await eachOn(siblings, prepared, async (own, each) => {
      const result = await writeFile(own, each, encoding);
      written += 1;
      onFile(written);
      return result;
    });
  } finally {
    for (const sibling of siblings) sibling.close();
  }
}

interface PreparedFile {
  readonly file: FileToWrite;
  readonly source: string;
  readonly expected: RowSummary;
}

function sortedFile({ file, source, expected: { spans } }: PreparedFile): SortedFile {
  const { output, metadata, compression } = file;
  return { dataset: candles, source, spans, output, metadata, compression };
}

async function writeFile(engine: Engine, prepared: PreparedFile, encoding: Encoding): Promise<WriteResult> {
  const { output, globalX } = prepared.file;
  await createSlots(engine, globalX);
  await writeSorted(engine, sortedFile(prepared), encoding);
  const written = await readBack(engine, candles, output);
  verifyWritten(written, prepared.expected);
  const { rows, sizeBytes, sha256, spans, digest: rowDigest } = written;
  return { rows, sizeBytes, sha256, spans, rowDigest };
}

/** Each engine takes the next item once it is done with one. Results are in the order of the items. */
async function eachOn<Item, Result>(
  engines: readonly Engine[],
  items: readonly Item[],
  act: (engine: Engine, item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = [...items.entries()].toReversed();
  const settled = await Promise.allSettled(
    engines.map(async (engine) => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [place, item] = next;
        try {
          results[place] = await act(engine, item);
        } catch (error) {
          left.length = 0;
          throw error;
        }
      }
    }),
  );
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
  return results;
}

function sourceSql(
  known: readonly string[],
  { bars, timeframe, symbols }: WriteTask,
  { from, until, globalX }: FileToWrite,
): string {
  const table = bars === 'fresh' ? 'fresh' : 'staged';
  const sql: Readonly<Record<string, string>> = {
    symbol: `([${known.map(quoteText).join(', ')}])[CAST(bars.symbol_place AS BIGINT) + 1]`,
    timeframe: quoteText(timeframe),
    ts: 'CAST(bars.ts AS BIGINT)',
    ts_iso: isoSql('CAST(bars.ts AS BIGINT)'),
    global_x: globalX.length > 0 ? 'slots.global_x' : 'CAST(NULL AS BIGINT)',
    source: quoteText('import'),
    schema_version: `CAST(${candles.version} AS BIGINT)`,
  };
  const columns = Object.keys(candles.columns).map(
    (name) => `${sql[name] ?? `bars.${name}`} AS ${quoteName(name)}`,
  );
  const stamped =
    globalX.length === 0 ? '' : `LEFT JOIN slots ON slots.symbol = ${sql.symbol} AND slots.ts = ${sql.ts}`;
  const places = symbols?.map((symbol) => known.indexOf(symbol));
  const isWanted = places === undefined ? '' : `AND bars.symbol_place IN (${places.join(', ')})`;
  return `SELECT ${columns.join(', ')} FROM ${table} AS bars ${stamped}
    WHERE bars.ts >= ${from} AND bars.ts < ${until} ${isWanted}`;
}
