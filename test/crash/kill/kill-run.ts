import { createRandom, type Random } from '../../../electron/jobs/demo/random.ts';
import { startAppender, type Appender } from './appender.ts';
import { createChores } from './chores.ts';
import { createErrands, type Errands } from './errands.ts';
import { boundsOf, filesCommand, filesFaults, viewportCommand, viewportFaults } from './faults.ts';
import { pause } from './pause.ts';
import type { Program, Programs } from './programs.ts';

export interface KillRun {
  readonly kills: number;
  /** Rows that were acknowledged over all. */
  readonly rows: number;
  /** Reads that were compared while the killing went on. */
  readonly reads: number;
  /** Chores that were done meanwhile. */
  readonly chores: number;
  readonly wrong: readonly string[];
}

export interface KillOptions {
  readonly programs: Programs;
  readonly store: string;
  readonly seed: number;
  readonly kills: number;
  /** Whether one bot and chores are at work, rather than two bots. */
  readonly hasChores: boolean;
}

/** How often who is killed, in parts of all kills, and how long is waited for the next. */
interface Pace {
  readonly mostMs: number;
  readonly bots: readonly [number, number];
  readonly compactor: number;
  readonly errand: number;
  readonly compactsEveryMs: number;
}

const ofBots: Pace = { mostMs: 700, bots: [0.4, 0.3], compactor: 0.2, errand: 0, compactsEveryMs: 300 };
/** A job takes a moment: of owners that are killed all the time none ends one. */
const ofChores: Pace = {
  ...{ mostMs: 1_500, bots: [0.3, 0], compactor: 0.15, errand: 0.4, compactsEveryMs: 3_000 },
};

/** What goes on in one run, and who may be killed next. */
interface Scene {
  readonly programs: Programs;
  readonly store: string;
  readonly random: Random;
  readonly pace: Pace;
  readonly errands: Errands;
  /** All that there ever were. */
  readonly appenders: Appender[];
  readonly appending: Appender[];
  compactor: Program | undefined;
  reader: Program | undefined;
  readonly wrong: string[];
  reads: number;
  chores: number;
  isOver: boolean;
}

/**
 * Lets bots append to a store while it is compacted and read, and while one chore after the other changes more of it.
 * Kills one of these programs after the other with a signal that nothing can catch, and starts it again. The first bot
 * owns the store; who is left takes it over.
 */
export async function runKills({ programs, store, seed, kills, hasChores }: KillOptions): Promise<KillRun> {
  const random = createRandom(seed, 'kill');
  const scene: Scene = {
    ...{ programs, store, random, errands: createErrands(programs, store, random) },
    pace: hasChores ? ofChores : ofBots,
    ...{ appenders: [], appending: [], compactor: undefined, reader: undefined },
    ...{ wrong: [], reads: 0, chores: 0, isOver: false },
  };
  keepAppending(scene, 0);
  await acknowledged(scene.appenders[0]);
  if (!hasChores) keepAppending(scene, 1);
  const chores = createChores(scene.errands);
  const others = [keepCompacting(scene), keepReading(scene)];
  if (hasChores) others.push(keepRunning(scene, chores.all));
  const { wrong, appenders, appending } = scene;
  for (let killed = 0; killed < kills && wrong.length === 0; killed += 1) {
    await pause(random.between(100, scene.pace.mostMs));
    victimOf(scene)?.child.kill('SIGKILL');
  }
  scene.isOver = true;
  for (const appender of appending) appender.finish();
  await Promise.all([...others, ...appending.map(({ program }) => program.ended)]);
  if (hasChores) wrong.push(...(await chores.check()));
  wrong.push(...(await leftFaults(scene)));
  const rows = appenders.reduce((sum, appender) => sum + appender.acknowledged(), 0);
  return { kills, rows, reads: scene.reads, chores: scene.chores, wrong };
}

function keepAppending(scene: Scene, slot: number): void {
  const { programs, store, appenders, appending, random, wrong } = scene;
  const appender = startAppender(programs, store, `BOT${appenders.length}`, random);
  appenders.push(appender);
  appending[slot] = appender;
  void appender.program.ended.then((code) => {
    if (code !== null && code !== 0)
      wrong.push(`an appender ended with ${code}: ${appender.program.output()}`);
    if (!scene.isOver) keepAppending(scene, slot);
  });
}

async function keepCompacting(scene: Scene): Promise<void> {
  const { programs, store, random, wrong } = scene;
  while (!scene.isOver) {
    const compactor = programs.start([
      ...['compact', '--store', store],
      ...(random.isTrue(0.15) ? ['--months'] : []),
    ]);
    scene.compactor = compactor;
    const code = await compactor.ended;
    if (code !== null && code !== 0 && !isTold(compactor.output()))
      wrong.push(`a compactor ended with ${code}: ${compactor.output()}`);
    await pause(random.between(0, scene.pace.compactsEveryMs));
  }
}

async function keepReading(scene: Scene): Promise<void> {
  const { programs, store, appenders, random, wrong } = scene;
  while (!scene.isOver) {
    const recent = appenders.slice(-4).map(boundsOf);
    const bounds = recent[Math.floor(random.between(0, recent.length))];
    if (bounds === undefined) continue;
    const isByFiles = random.isTrue(0.5);
    const command = isByFiles ? filesCommand : viewportCommand(bounds.symbol, '1m');
    const reader = programs.start([...command, '--store', store]);
    scene.reader = reader;
    const code = await reader.ended;
    if (code === null) continue;
    if (code !== 0) wrong.push(`a reader ended with ${code}: ${reader.output()}`);
    else if (isByFiles) wrong.push(...(await filesFaults(reader.output(), recent)));
    else wrong.push(...viewportFaults(reader.output(), bounds));
    scene.reads += 1;
  }
}

async function keepRunning(
  scene: Scene,
  chores: readonly (() => Promise<readonly string[]>)[],
): Promise<void> {
  const { random, wrong } = scene;
  while (!scene.isOver && wrong.length === 0) {
    const chore = chores[Math.floor(random.between(0, chores.length))];
    try {
      wrong.push(...((await chore?.()) ?? []));
      scene.chores += 1;
    } catch (error) {
      wrong.push(`a chore failed: ${String(error)}`);
    }
  }
}

/** What is wrong with a store that nobody works on any more. */
async function leftFaults({ programs, store, appenders }: Scene): Promise<readonly string[]> {
  const listed = programs.start([...filesCommand, '--store', store]);
  await listed.ended;
  const wrong = [...(await filesFaults(listed.output(), appenders.map(boundsOf)))];
  const verified = programs.start(['verify', '--store', store, '--deep']);
  if ((await verified.ended) !== 0) wrong.push(`verify: ${verified.output()}`);
  return wrong;
}

function victimOf({ random, pace, appending, compactor, errands, reader }: Scene): Program | undefined {
  const [first, second] = pace.bots;
  let left = random.next();
  if ((left -= first) < 0) return appending[0]?.program;
  if ((left -= second) < 0) return appending[1]?.program;
  if ((left -= pace.compactor) < 0) return compactor;
  return left < pace.errand ? errands.current() : reader;
}

/** Two jobs on one partition cannot run at once: who asks second is told so. */
function isTold(output: string): boolean {
  return /another job|being closed|cancelled/.test(output);
}

async function acknowledged(appender: Appender | undefined): Promise<void> {
  while (appender !== undefined && appender.acknowledged() === 0) await pause(20);
}
