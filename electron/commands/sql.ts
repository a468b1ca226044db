import { journalDatasets } from '#shared/domain/journal';
import { WorkbenchError } from '#shared/errors';
import { sqlLimits, type SqlAnswer, type SqlColumn } from '#shared/domain/sql';
import { unpackPage, type SqlCell } from '#shared/domain/sql-page';
import type { Client } from '#shared/ipc';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { randomUUID } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { csvLine } from '#shared/domain/csv';
import { write } from './output.ts';
import type { Step } from './take-step.ts';
import { withStore } from './with-store.ts';

interface SqlOptions {
  readonly store: string;
  readonly limit: number;
  readonly timeout: number;
  readonly json?: true;
  readonly csv?: true;
}

/** Adds `sql`. That rows go beyond --limit, or files could not be read, is told on standard error. */
export function addSql(program: Command): void {
  program
    .command('sql')
    .description('Ask the store a question in SQL. It is read as it is now; nothing can be changed.')
    .argument('<statement>', 'one SELECT or EXPLAIN; - reads it from standard input')
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--csv', 'print CSV with a line of headings').conflicts('json'))
    .option('--json', 'print one JSON object: columns, rows, isComplete')
    .option('--limit <n>', 'keep at most so many rows', limitArgument, sqlLimits.usualRows)
    .option('--timeout <seconds>', 'stop it after that', secondsArgument, sqlLimits.usualTimeMs / 1_000)
    .addHelpText(
      'after',
      `
Tables: candles, objects (as they stand), object_events, rollups, ${journalDatasets.join(', ')}; \`DESCRIBE candles\` lists the columns.
Times are ms since 1970 in UTC: epoch_ms(ts) makes a timestamp of one.

Example:
  tapedeck sql --store ./store "select symbol, count(*) as bars from candles group by symbol" --csv`,
    )
    .action(async (statement: string, options: SqlOptions) => {
      const text = statement === '-' ? await readAll(process.stdin) : statement;
      await withStore(options.store, 'read', (client, step) => printResult(client, text, options, step), {
        doing: 'The query runs',
      });
    });
}

async function printResult(
  client: Client,
  text: string,
  options: SqlOptions,
  { say }: Pick<Step, 'say'>,
): Promise<void> {
  const question = {
    tab: `cli-${randomUUID()}`,
    text,
    maxRows: options.limit,
    timeoutMs: options.timeout * 1_000,
  };
  try {
    const answer = await client.sql.run(question).catch((error: unknown) => {
      throw placed(error);
    });
    say(null);
    for (const { path, reason } of answer.leftOut) process.stderr.write(`${path} was left out: ${reason}\n`);
    if (!answer.isComplete) {
      process.stderr.write(`There are more rows than the ${answer.rows} shown: raise --limit\n`);
    }
    if (options.json === true) await printAsJson(client, answer);
    else if (options.csv === true) await printAsCsv(client, answer);
    else await printAsTable(client, answer);
  } finally {
    await client.sql.release({ tab: question.tab });
  }
}

/** The place of a fault goes before its message, as compilers have it. */
function placed(error: unknown): unknown {
  if (!(error instanceof WorkbenchError) || error.place === null) return error;
  const { line, column } = error.place;
  return new WorkbenchError(error.code, `line ${line}, column ${column}: ${error.message}`);
}

async function* rowsOf(client: Client, { result, rows, page }: SqlAnswer): AsyncGenerator<SqlCell[][]> {
  yield unpackPage(page);
  for (let from = page.rows; from < rows; from += sqlLimits.mostPageRows) {
    yield unpackPage(await client.sql.page({ result, from, rows: sqlLimits.mostPageRows, sort: null }));
  }
}

async function printAsJson(client: Client, answer: SqlAnswer): Promise<void> {
  const { columns, isComplete } = answer;
  await write(`{"columns":${JSON.stringify(columns.map(({ name, type }) => ({ name, type })))},"rows":[`);
  let separator = '';
  for await (const rows of rowsOf(client, answer)) {
    const lines = rows.map((row) => jsonObject(columns, row));
    if (lines.length > 0) await write(`${separator}${lines.join(',')}`);
    separator = ',';
  }
  await write(`],"rowCount":${answer.rows},"isComplete":${isComplete},"elapsedMs":${answer.elapsedMs}}\n`);
}

function jsonObject(columns: readonly SqlColumn[], row: readonly SqlCell[]): string {
  const pairs = columns.map(
    (column, index) => `${JSON.stringify(column.name)}:${jsonValue(column, row[index] ?? null)}`,
  );
  return `{${pairs.join(',')}}`;
}

const jsonNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** Numbers keep all their digits, which a round trip through a double would not. */
function jsonValue({ kind }: SqlColumn, cell: SqlCell): string {
  if (cell === null) return 'null';
  const isBare = (kind === 'number' && jsonNumber.test(cell)) || kind === 'boolean' || kind === 'json';
  return isBare ? cell : JSON.stringify(cell);
}

async function printAsCsv(client: Client, answer: SqlAnswer): Promise<void> {
  await write(csvLine(answer.columns.map(({ name }) => name)));
  for await (const rows of rowsOf(client, answer)) await write(rows.map(csvLine).join(''));
}

/** As wide as the first rows need: later ones that need more stand out. */
async function printAsTable(client: Client, answer: SqlAnswer): Promise<void> {
  const { columns } = answer;
  const first = unpackPage(answer.page);
  const widths = columns.map(({ name }, index) =>
    Math.min(60, Math.max(name.length, ...first.map((row) => row[index]?.length ?? 0))),
  );
  const line = (cells: readonly SqlCell[]) =>
    `${cells
      .map((cell, index) => {
        const [text, width] = [cell ?? '', widths[index] ?? 0];
        return columns[index]?.kind === 'number' ? text.padStart(width) : text.padEnd(width);
      })
      .join('  ')
      .trimEnd()}\n`;
  if (answer.statement === 'explain') {
    for await (const rows of rowsOf(client, answer))
      await write(rows.map((row) => `${row[1] ?? ''}\n`).join(''));
    return;
  }
  await write(line(columns.map(({ name }) => name)));
  for await (const rows of rowsOf(client, answer)) await write(rows.map(line).join(''));
}

function limitArgument(text: string): number {
  return wholeArgument(text, sqlLimits.mostRows);
}

function secondsArgument(text: string): number {
  return wholeArgument(text, sqlLimits.mostTimeMs / 1_000);
}

function wholeArgument(text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) {
    throw new InvalidArgumentError(`${text} is not a whole number from 1 to ${most}`);
  }
  return value;
}
