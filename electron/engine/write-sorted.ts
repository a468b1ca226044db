import type { Compression } from '#shared/domain/compression';
import type { Dataset } from '#schemas/define-dataset';
import { rm, stat } from 'node:fs/promises';
import type { Engine } from './engine.ts';
import { listWithFixed, noFixedColumns, type FixedColumns } from './fixed-columns.ts';
import { encodings, parquetOptions, rowGroupRows, type Encoding } from './parquet-options.ts';
import type { SymbolRows } from './row-summary.ts';
import { quoteName, quoteText, scratchName } from './sql.ts';

export interface SortedFile {
  readonly dataset: Dataset;
  /** A query that has the dataset's columns. */
  readonly source: string;
  /** Of that query, in the order of symbols. */
  readonly spans: readonly SymbolRows[];
  readonly output: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly compression?: Compression | undefined;
  /** Columns of that query with one value throughout: they need not be sorted along. */
  readonly fixed?: FixedColumns;
}

/** Fewer rows are a few hundred kilobytes at most: not worth the trial. */
const fewestToTry = 4_096;

/**
 * Writes rows to one Parquet file in the dataset's order, encoded as said, or in the way that is smallest for them. The
 * same rows give the same bytes. What the file held before is lost; it is not flushed.
 */
export async function writeSorted(engine: Engine, file: SortedFile, encoding?: Encoding): Promise<void> {
  const chosen = encoding ?? (await smallestEncoding(engine, file));
  await copy(engine, file, sortedSql(file), parquetOptions(file.metadata, chosen, file.compression));
}

/** Tries the encodings on about the first group of rows, side by side: none of them keeps two processors busy. */
export async function smallestEncoding(engine: Engine, file: SortedFile): Promise<Encoding> {
  const where = firstRows(file);
  if (where === null) return 'lists';
  // Not a temporary one, which other connections would not see.
  const sample = scratchName();
  await engine.run(`CREATE TABLE ${sample} AS ${sortedSql(file, where)}`);
  try {
    const names = Object.keys(encodings) as Encoding[];
    const sizes = await Promise.all(names.map((encoding) => sizeEncoded(engine, file, sample, encoding)));
    return names[sizes.indexOf(Math.min(...sizes))] ?? 'lists';
  } finally {
    await engine.run(`DROP TABLE ${sample}`);
  }
}

/** Files that are beside an output for a moment while it is found out how to write it. */
export function trialPaths(output: string): readonly string[] {
  return (Object.keys(encodings) as Encoding[]).map((encoding) => trialPath(output, encoding));
}

/** Like that of the output, the name is one that is swept after a crash. */
function trialPath(output: string, encoding: Encoding): string {
  const slash = Math.max(output.lastIndexOf('/'), output.lastIndexOf('\\')) + 1;
  return `${output.slice(0, slash)}.${encoding}-${output.slice(slash)}`;
}

async function sizeEncoded(
  engine: Engine,
  file: SortedFile,
  sample: string,
  encoding: Encoding,
): Promise<number> {
  const output = trialPath(file.output, encoding);
  const other = await engine.sibling();
  try {
    await copy(other, { ...file, output }, `FROM ${sample}`, parquetOptions({}, encoding, file.compression));
    return (await stat(output)).size;
  } finally {
    other.close();
    await rm(output, { force: true });
  }
}

/**
 * A condition that about the first group of rows meets; null when there are too few rows to try. Not a limit on sorted
 * rows, for which all of them would be sorted.
 */
function firstRows({ dataset, spans }: SortedFile): string | null {
  let rows = 0;
  for (const span of spans) {
    const wanted = rowGroupRows - rows;
    rows += span.rows;
    if (rows < rowGroupRows) continue;
    const until = span.first + Math.ceil(((span.last - span.first + 1) * wanted) / span.rows);
    const symbol = quoteText(span.symbol);
    return `symbol <= ${symbol} AND (symbol < ${symbol} OR ${quoteName(dataset.instant)} < ${until})`;
  }
  return rows < fewestToTry ? null : 'true';
}

function sortedSql({ dataset, source, spans, fixed = noFixedColumns }: SortedFile, where = 'true'): string {
  const columns = Object.keys(dataset.columns);
  const ranked = fixed.has('symbol') ? null : rankedSymbol(spans);
  const sorted = columns
    .filter((name) => !fixed.has(name))
    .map((name) => (name === 'symbol' && ranked !== null ? ranked : quoteName(name)));
  const known = ranked === null ? fixed : new Map([...fixed, ['symbol', 'CAST(symbol AS VARCHAR)']]);
  const order = dataset.sortedBy.map(quoteName).join(', ');
  return `SELECT ${listWithFixed(columns, known)}
    FROM (SELECT ${sorted.join(', ')} FROM (${source}) WHERE ${where} ORDER BY ${order})`;
}

/** More of them are seldom in one file, and would be a statement of megabytes. */
const mostRanked = 5_000;

/**
 * The symbol as its place among those there are: rows are sorted a tenth faster by numbers than by texts. One that is not
 * among them comes out as none, and is found by the check of what was written.
 */
function rankedSymbol(spans: readonly SymbolRows[]): string | null {
  if (spans.length === 0 || spans.length > mostRanked) return null;
  // As DuckDB compares texts; JavaScript's own order is another one.
  const symbols = spans.map(({ symbol }) => Buffer.from(symbol)).sort((a, b) => a.compare(b));
  return `TRY_CAST(symbol AS ENUM(${symbols.map((symbol) => quoteText(symbol.toString())).join(', ')})) AS symbol`;
}

async function copy(engine: Engine, { output }: SortedFile, rows: string, options: string): Promise<void> {
  await engine.run(`COPY (${rows}) TO ${quoteText(output)} (${options})`);
}
