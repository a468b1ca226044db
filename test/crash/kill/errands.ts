import type { Random } from '../../../electron/jobs/demo/random.ts';
import { pause } from './pause.ts';
import type { Program, Programs } from './programs.ts';

/** Numbers by the instants that name them: what one series of a store holds. */
export type Rows = ReadonlyMap<number, number>;

/** A change to a store, with what it held before and has to hold after it. */
export interface Errand {
  /** A command line without its store. */
  readonly args: readonly string[];
  readonly input?: string;
  readonly read: () => Promise<Rows>;
  readonly before: Rows;
  readonly after: Rows;
  /** What it says when it finds that it was done before. */
  readonly doneBefore?: RegExp;
}

export interface Errands {
  readonly store: string;
  readonly random: Random;
  /** Has it done until it is said to be done, and answers what was wrong on the way. */
  readonly do: (errand: Errand) => Promise<readonly string[]>;
  /** What a command prints that nobody kills. */
  readonly ask: (args: readonly string[]) => Promise<string>;
  /** The program that is at it just now. */
  readonly current: () => Program | undefined;
}

/** Programs that die under an errand before that is a fault of its own. */
const mostAttempts = 100;
/** Two jobs on one partition cannot run at once: who asks second is told so. */
const told =
  /another job|another process|being closed|cancelled|try again|has changed since|went away|interrupted/;

interface JobList {
  readonly jobs: readonly unknown[];
}

/** Errands that are run for one store, one after the other, by programs that may be killed. */
export function createErrands(programs: Programs, store: string, random: Random): Errands {
  let current: Program | undefined;

  async function ask(args: readonly string[]): Promise<string> {
    const program = programs.start([...args, '--store', store]);
    const code = await program.ended;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}: ${program.output()}`);
    return program.output();
  }

  /** A job whose client was killed goes on in the process that owns the store. */
  async function settled(): Promise<void> {
    for (const state of ['queued', 'running']) {
      const isAtWork = async () => {
        const { jobs } = JSON.parse(await ask(['jobs', 'list', '--state', state, '--json'])) as JobList;
        return jobs.length > 0;
      };
      while (await isAtWork()) await pause(50);
    }
  }

  return {
    store,
    random,
    ask,
    current: () => current,
    async do({ args, input = '', read, before, after, doneBefore }) {
      const name = args.join(' ');
      for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
        current = programs.start([...args, '--store', store]);
        current.child.stdin?.end(input);
        const code = await current.ended;
        const said = current.output();
        const isDone = code === 0 || doneBefore?.test(said) === true;
        if (!isDone && code !== null && !told.test(said)) return [`${name} ended with ${code}: ${said}`];
        if (!isDone) await settled();
        const found = await read();
        const faults = difference(found, after);
        if (isDone) return faults.map((fault) => `after ${name}: ${fault}`);
        if (faults.length > 0 && difference(found, before).length > 0)
          return faults.map((fault) => `after ${name} that was killed: ${fault}, nor is it as before`);
        await pause(random.between(0, 200));
      }
      return [`${name} was not done in ${mostAttempts} attempts`];
    },
  };
}

export function isSame(a: Rows, b: Rows): boolean {
  return difference(a, b).length === 0;
}

/** What is missing, wrong or too much, in words. */
function difference(found: Rows, wanted: Rows): readonly string[] {
  const missing = [...wanted].flatMap(([at, number]) => (found.get(at) === number ? [] : [at]));
  const invented = [...found.keys()].filter((at) => !wanted.has(at));
  const told = (what: string, at: readonly number[]) =>
    at.length === 0 ? [] : [`${at.length} of ${wanted.size} rows ${what}, the first at ${String(at[0])}`];
  return [...told('are missing or wrong', missing), ...told('are too many', invented)];
}
