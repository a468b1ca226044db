import { DAY } from '#shared/units';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { createRandom, type Random } from '../../../electron/jobs/demo/random.ts';
import { askDuckDb } from '../../helpers/parquet.ts';
import { firstMinute, openOfLine, startAppender, type Appender } from './appender.ts';
import type { Program, Programs } from './programs.ts';

export interface KillRun {
  readonly kills: number;
  /** Rows that were acknowledged over all. */
  readonly rows: number;
  /** Reads that were compared while the killing went on. */
  readonly reads: number;
  readonly wrong: readonly string[];
}

export interface KillOptions {
  readonly programs: Programs;
  readonly store: string;
  readonly seed: number;
  readonly kills: number;
}

/** What a reader has to find of one symbol. */
interface Bounds {
  readonly symbol: string;
  /** Lines up to this one must be there. */
  readonly least: number;
  /** Later ones than this were never written. */
  readonly most: () => number;
}

/**
 * Lets two bots append to a store while it is compacted and read, kills one of these programs after the other with a
 * signal that nothing can catch, and starts it again. The first bot owns the store; who is left takes it over.
 */
export async function runKills({ programs, store, seed, kills }: KillOptions): Promise<KillRun> {
  const random = createRandom(seed, 'kill');
  const wrong: string[] = [];
  const appenders: Appender[] = [];
  const running: Appender[] = [];
  let compactor: Program | undefined;
  let reader: Program | undefined;
  let isOver = false;
  let reads = 0;

  const keepAppending = (slot: number) => {
    const appender = startAppender(programs, store, `BOT${appenders.length}`, random);
    appenders.push(appender);
    running[slot] = appender;
    void appender.program.ended.then((code) => {
      if (code !== null && code !== 0)
        wrong.push(`an appender ended with ${code}: ${appender.program.output()}`);
      if (!isOver) keepAppending(slot);
    });
  };

  const keepCompacting = async () => {
    while (!isOver) {
      compactor = programs.start(['compact', '--store', store]);
      const code = await compactor.ended;
      if (code !== null && code !== 0 && !isTold(compactor.output()))
        wrong.push(`a compactor ended with ${code}: ${compactor.output()}`);
      await pause(random.between(0, 300));
    }
  };

  const keepReading = async () => {
    while (!isOver) {
      const recent = appenders.slice(-4).map(boundsOf);
      const bounds = recent[Math.floor(random.between(0, recent.length))];
      if (bounds === undefined) continue;
      const isByFiles = random.isTrue(0.5);
      reader = programs.start(isByFiles ? filesCommand(store) : viewportCommand(store, bounds.symbol));
      const code = await reader.ended;
      if (code === null) continue;
      if (code !== 0) wrong.push(`a reader ended with ${code}: ${reader.output()}`);
      else if (isByFiles) wrong.push(...(await filesFaults(reader.output(), recent)));
      else wrong.push(...viewportFaults(reader.output(), bounds));
      reads += 1;
    }
  };

  keepAppending(0);
  await acknowledged(appenders[0]);
  keepAppending(1);
  const others = [keepCompacting(), keepReading()];
  for (let killed = 0; killed < kills && wrong.length === 0; killed += 1) {
    await pause(random.between(100, 700));
    victimOf(random, running, compactor, reader)?.child.kill('SIGKILL');
  }
  isOver = true;
  for (const appender of running) appender.finish();
  await Promise.all([...others, ...running.map(({ program }) => program.ended)]);
  const listed = programs.start(filesCommand(store));
  await listed.ended;
  wrong.push(...(await filesFaults(listed.output(), appenders.map(boundsOf))));
  const verified = programs.start(['verify', '--store', store, '--deep']);
  if ((await verified.ended) !== 0) wrong.push(`verify: ${verified.output()}`);
  return { kills, reads, rows: appenders.reduce((sum, appender) => sum + appender.acknowledged(), 0), wrong };
}

function victimOf(
  random: Random,
  running: readonly Appender[],
  compactor: Program | undefined,
  reader: Program | undefined,
): Program | undefined {
  const choice = random.next();
  if (choice < 0.7) return running[choice < 0.4 ? 0 : 1]?.program;
  return choice < 0.9 ? compactor : reader;
}

function boundsOf({ symbol, acknowledged, written }: Appender): Bounds {
  return { symbol, least: acknowledged(), most: written };
}

const untilIso = formatIsoUtc(firstMinute + 60 * DAY);
const viewportCommand = (store: string, symbol: string) => [
  ...['viewport', '--store', store, '--symbol', symbol, '--timeframe', '1m'],
  ...['--from', formatIsoUtc(firstMinute), '--until', untilIso, '--json'],
];
const filesCommand = (store: string) => ['files', '--store', store, '--timeframe', '1m', '--sql'];

function viewportFaults(output: string, bounds: Bounds): string[] {
  const { candles, unreadable } = JSON.parse(output) as {
    readonly candles: readonly { readonly ts: number; readonly volume: number }[];
    readonly unreadable: readonly { readonly path: string }[];
  };
  return [
    ...unreadable.map(({ path }) => `a viewport could not read ${path}`),
    ...faultsOf(
      'a viewport',
      bounds,
      candles.map(({ ts, volume }) => [ts, volume] as const),
    ),
  ];
}

/** DuckDB over the files that the store lists. A file that was replaced since is a reason to look again, not a fault. */
async function filesFaults(output: string, symbols: readonly Bounds[]): Promise<string[]> {
  try {
    // A bar whose owner was killed before it could answer is sent once more, and may then be in two parts with one key.
    const rows = await askDuckDb(`SELECT DISTINCT symbol, ts, volume FROM ${output.trim()}`);
    return symbols.flatMap((bounds) =>
      faultsOf(
        'DuckDB',
        bounds,
        rows.flatMap(([symbol, ts, volume]) =>
          symbol === bounds.symbol ? [[Number(ts), Number(volume)] as const] : [],
        ),
      ),
    );
  } catch (error) {
    return /No files found|No such file/.test(String(error))
      ? []
      : [`DuckDB could not read the files: ${String(error)}`];
  }
}

function faultsOf(
  who: string,
  { symbol, least, most }: Bounds,
  found: readonly (readonly [number, number])[],
): string[] {
  const faults: string[] = [];
  const lines = new Set<number>();
  for (const [ts, line] of found) {
    if (lines.has(line)) faults.push(`${who} found line ${line} of ${symbol} twice`);
    if (line > most() || openOfLine(line) !== ts)
      faults.push(`${who} found line ${line} of ${symbol}, never written so`);
    lines.add(line);
  }
  for (let line = 1; line <= least; line += 1) {
    if (!lines.has(line))
      faults.push(`${who} did not find line ${line} of ${symbol}, of ${least} acknowledged`);
  }
  return faults;
}

/** Two jobs on one partition cannot run at once: who asks second is told so. */
function isTold(output: string): boolean {
  return /another job|being closed|cancelled/.test(output);
}

async function acknowledged(appender: Appender | undefined): Promise<void> {
  while (appender !== undefined && appender.acknowledged() === 0) await pause(20);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
