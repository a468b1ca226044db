import type { Compression } from '#shared/domain/compression';
import type { Dataset } from '#schemas/define-dataset';
import { stat } from 'node:fs/promises';
import { columnType } from './column-type.ts';
import type { Engine } from './engine.ts';
import { summarize, verifyRows } from './row-summary.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';
import { smallestEncoding, writeSorted, type SortedFile } from './write-sorted.ts';

export interface TrialRequest {
  readonly dataset: string;
  /** Neighbouring rows of files with the columns of the dataset; paths are absolute. */
  readonly inputs: readonly {
    readonly path: string;
    readonly skippedRows: number;
    readonly rows: number;
  }[];
  /** Only its rows; all when null. */
  readonly symbol: string | null;
  /** Where the rows are written to; what it held before is lost, and it is left there. */
  readonly output: string;
  readonly compression: Compression;
}

export interface TrialResult {
  readonly rows: number;
  /** The rows as plain values, not compressed. */
  readonly plainBytes: number;
  readonly sizeBytes: number;
  readonly writeMs: number;
  readonly readMs: number;
}

const runs = 3;
/** What takes this long is measured once: a second time would tell little more. */
const longMs = 2_000;

/** Writes some rows as compaction would with a compression, reads them back, checks that they are the same, and says what each took. */
export async function tryCompression(
  engine: Engine,
  dataset: Dataset,
  { inputs, symbol, output, compression }: TrialRequest,
): Promise<TrialResult> {
  const sample = scratchName();
  await engine.run(`CREATE TEMP TABLE ${sample} AS ${sampleSql(dataset, inputs, symbol)}`);
  try {
    const source = `SELECT * FROM ${sample}`;
    const expected = await summarize(engine, dataset, source);
    const file: SortedFile = { dataset, source, spans: expected.spans, output, metadata: {}, compression };
    await engine.run(
      `COPY (${source}) TO ${quoteText(output)} (FORMAT parquet, COMPRESSION uncompressed, PARQUET_VERSION V1, DICTIONARY_SIZE_LIMIT 1)`,
    );
    const { size: plainBytes } = await stat(output);
    const encoding = await smallestEncoding(engine, file);
    const writeMs = await middleOf(() => writeSorted(engine, file, encoding));
    const written = `SELECT * FROM read_parquet([${quoteText(output)}])`;
    const values = Object.keys(dataset.columns).map(quoteName).join(', ');
    const readMs = await middleOf(() => engine.run(`SELECT sum(hash(${values})) FROM (${written})`));
    verifyRows(await summarize(engine, dataset, written), expected);
    return { rows: expected.rows, plainBytes, sizeBytes: (await stat(output)).size, writeMs, readMs };
  } finally {
    await engine.run(`DROP TABLE ${sample}`);
  }
}

/** Rows keep the order of their file, so that those between two places are neighbours. */
function sampleSql(dataset: Dataset, inputs: TrialRequest['inputs'], symbol: string | null): string {
  const columns = Object.entries(dataset.columns).map(
    ([name, column]) => `CAST(${quoteName(name)} AS ${columnType(column)}) AS ${quoteName(name)}`,
  );
  const where = symbol === null ? '' : `WHERE symbol = ${quoteText(symbol)}`;
  return inputs
    .map(
      ({ path, skippedRows, rows }) =>
        `(SELECT ${columns.join(', ')} FROM read_parquet(${quoteText(path)}) ${where} LIMIT ${rows} OFFSET ${skippedRows})`,
    )
    .join(' UNION ALL ');
}

/** How long something takes: the middle of several times. */
async function middleOf(act: () => Promise<void>): Promise<number> {
  const took: number[] = [];
  while (took.length < runs) {
    const startedMs = performance.now();
    await act();
    took.push(performance.now() - startedMs);
    if ((took.at(-1) ?? 0) > longMs) break;
  }
  return took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
}
