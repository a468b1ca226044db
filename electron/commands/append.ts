import { WorkbenchError } from '#shared/errors';
import type { AppendAnswer, RejectedRow } from '#shared/domain/ingest';
import { createClient, type Client } from '#shared/ipc';
import { journalDatasets } from '#shared/domain/journal';
import { Argument, Option, type Command } from 'commander';
import { dayArgument } from './arguments.ts';
import { exitStatus, setExitStatus, stoppedStatus } from './exit-status.ts';
import { printJson } from './output.ts';
import { longestLine, parseLine, type ParsedLine } from '../ingest/parse-line.ts';
import { createLineSplitter } from '../ingest/split-lines.ts';
import { takeStep } from './take-step.ts';
import { withBridge } from './with-store.ts';

const appendedDatasets = ['candles', 'objects', ...journalDatasets] as const;
type AppendedDataset = (typeof appendedDatasets)[number];

interface AppendOptions {
  readonly store: string;
  readonly replaceDay?: string;
  readonly acknowledge?: true;
}

/** Rows sent in one call. A slow writer's rows are not held back for it: they go when the input pauses. */
const rowsPerCall = 1_000;

/** Adds `append`. The command ends with 3 when some rows were rejected, with 1 when all were. */
export function addAppend(program: Command): void {
  program
    .command('append')
    .description('Store rows read from standard input, one JSON object per line.')
    .addArgument(new Argument('<dataset>', 'what the rows are').choices(appendedDatasets))
    .requiredOption('--store <dir>', 'the store; begun if there is none')
    .option(
      '--replace-day <YYYY-MM-DD>',
      'take the place of all candles of that UTC day of the symbols given',
      dayArgument,
    )
    .addOption(
      new Option(
        '--acknowledge',
        'also print {"line":k,"accepted":n} as soon as the rows up to line k are stored',
      ).conflicts('replaceDay'),
    )
    .addHelpText(
      'after',
      `
Prints {"accepted":n,"rejected":[{"line":k,"field":"..","reason":".."}]}.
Exit status: 0 all rows were accepted, 3 some were rejected, 1 nothing could be stored, 130 stopped by Ctrl-C: rows
that had come by then are stored, but with --replace-day nothing is. Accepted rows are
safe; when they cannot be put into files yet, standard error says so in one sentence.

Example:
  echo '{"symbol":"SPY","timeframe":"5m","ts":"2025-09-02T13:30:00Z","open":640.1,"high":640.9,"low":639.8,"close":640.5,"volume":81200}' \\
    | tapedeck append candles --store ./store`,
    )
    .action(async (dataset: AppendedDataset, { store, replaceDay: day, acknowledge }: AppendOptions) => {
      if (day !== undefined && dataset !== 'candles') {
        throw new WorkbenchError(
          'argument-invalid',
          `--replace-day is for candles: ${dataset} are never replaced`,
        );
      }
      const answer = await withBridge(store, 'create', (bridge) => {
        const client = createClient(bridge);
        // What is typed into a terminal must not be written over: no line is shown.
        return takeStep(null, async ({ signal }) => {
          if (day !== undefined) return replaceByInput(client, day, signal);
          const appended = await appendInput(client, dataset, acknowledge === true, signal);
          if (signal.aborted) setExitStatus(stoppedStatus);
          return appended;
        });
      });
      printJson(answer);
      if (answer.rejected.length > 0 && exitStatus() !== stoppedStatus)
        setExitStatus(answer.accepted > 0 ? 3 : 1);
    });
}

/** All or nothing: a day is not replaced by part of what was meant. */
async function replaceByInput(client: Client, day: string, signal: AbortSignal): Promise<AppendAnswer> {
  const rows: (ParsedLine & { readonly ok: true })[] = [];
  const rejected: RejectedRow[] = [];
  let lineCount = 0;
  for await (const chunk of inputLines(signal)) {
    for (const text of chunk) {
      lineCount += 1;
      const parsed = parseLine(text, lineCount);
      if (parsed?.ok === true) rows.push(parsed);
      else if (parsed !== null) rejected.push(parsed.rejected);
    }
  }
  signal.throwIfAborted();
  if (rejected.length > 0) return { accepted: 0, rejected };
  if (rows.length === 0)
    throw new WorkbenchError(
      'argument-invalid',
      `There are no rows to take the place of ${day}; it stays as it is`,
    );
  const timeframe = timeframeOf(rows[0]?.row);
  const answer = await client.candles.replaceDay({ timeframe, day, rows: rows.map(({ row }) => row) });
  return {
    accepted: answer.replaced === null ? 0 : rows.length,
    rejected: answer.rejected.map(({ line, ...fault }) => ({ line: rows[line - 1]?.line ?? line, ...fault })),
  };
}

function timeframeOf(row: unknown): string {
  const timeframe: unknown =
    typeof row === 'object' && row !== null && 'timeframe' in row ? row.timeframe : undefined;
  return typeof timeframe === 'string' ? timeframe : '';
}

function appendTo(
  client: Client,
  dataset: AppendedDataset,
): (rows: readonly unknown[]) => Promise<AppendAnswer> {
  if (dataset === 'candles' || dataset === 'objects') return (rows) => client[dataset].append({ rows });
  return (rows) => client.journal.append({ dataset, rows });
}

async function appendInput(
  client: Client,
  dataset: AppendedDataset,
  acknowledges: boolean,
  signal: AbortSignal,
): Promise<AppendAnswer> {
  let accepted = 0;
  let assumedRows = 0;
  let assumedZone = '';
  const rejected: RejectedRow[] = [];
  let waiting: (ParsedLine & { readonly ok: true })[] = [];
  let lineCount = 0;
  let sentFrom = 0;

  const send = async () => {
    const sent = waiting;
    waiting = [];
    if (sent.length === 0) return;
    sentFrom = sent[0]?.line ?? lineCount;
    const answer = await appendTo(client, dataset)(sent.map(({ row }) => row));
    accepted += answer.accepted;
    assumedRows += answer.assumedZone?.rows ?? 0;
    assumedZone = answer.assumedZone?.zone ?? assumedZone;
    for (const { line, field, reason } of answer.rejected) {
      rejected.push({ line: sent[line - 1]?.line ?? line, field, reason });
    }
    if (acknowledges) printJson({ line: sent.at(-1)?.line, accepted: answer.accepted });
  };

  try {
    for await (const chunk of inputLines(signal)) {
      for (const text of chunk) {
        lineCount += 1;
        const parsed = parseLine(text, lineCount);
        if (parsed === null) continue;
        if (parsed.ok) waiting.push(parsed);
        else rejected.push(parsed.rejected);
        if (waiting.length >= rowsPerCall) await send();
      }
      await send();
    }
  } catch (error) {
    if (accepted === 0 || !(error instanceof WorkbenchError)) throw error;
    // What was stored is stored: the writer must know from which line on nothing was.
    rejected.push({ line: sentFrom, field: '', reason: `from here on nothing was stored: ${error.message}` });
    process.stderr.write(`${error.message}\n`);
  }
  return {
    accepted,
    rejected: rejected.sort((a, b) => a.line - b.line),
    ...(assumedRows > 0 ? { assumedZone: { zone: assumedZone, rows: assumedRows } } : {}),
  };
}

/** Lines as they come, those of one moment together, until the input ends or the signal is aborted. */
async function* inputLines(signal: AbortSignal): AsyncIterable<readonly string[]> {
  const { stdin } = process;
  const splitter = createLineSplitter(longestLine);
  const arrived: string[] = [];
  const state: { isOver: boolean; error: Error | null; wake: () => void } = {
    ...{ isOver: false, error: null },
    wake: () => undefined,
  };
  const end = (error: Error | null) => {
    Object.assign(state, { isOver: true, error });
    state.wake();
  };
  stdin.setEncoding('utf8');
  stdin.on('data', (piece: string) => {
    arrived.push(...splitter.take(piece));
    if (arrived.length >= rowsPerCall * 4) stdin.pause();
    state.wake();
  });
  stdin.once('error', end);
  stdin.once('end', () => {
    arrived.push(splitter.rest());
    end(null);
  });
  const stop = () => {
    stdin.pause();
    end(null);
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    while (arrived.length > 0 || !state.isOver) {
      if (arrived.length === 0) {
        await new Promise<void>((resolve) => (state.wake = resolve));
        // The rest of what arrived with this line comes in the same turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
      yield arrived.splice(0);
      if (!state.isOver) stdin.resume();
    }
    if (state.error !== null) throw state.error;
  } finally {
    signal.removeEventListener('abort', stop);
    // A writer that goes on must not keep alive a command that has given up.
    stdin.destroy();
  }
}
