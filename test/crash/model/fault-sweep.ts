import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { vi } from 'vitest';
import { createLedger, type Account } from './ledger.ts';
import type { Step } from './life.ts';
import type { ModelDisk } from './model-disk.ts';
import { createModelFs } from './model-fs.ts';
import { afterPowerCut, killed, onlyFlushed } from './power-cut.ts';
import { readBack } from './read-back.ts';
import { recover } from './recovery.ts';
import { openStage, type Stage } from './stage.ts';
import { violations } from './violations.ts';

/** How file calls fail, and what the user is told then. */
export const faultCodes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EIO: 'disk-failed',
  EMFILE: 'disk-failed',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
};

/** One call that fails, and if it lasts all calls after it until the step is over. */
export interface Fault {
  readonly code: string;
  readonly call: number;
  readonly lasts: boolean;
  /** Whether it is then tried that the store works on, and what the next process finds. */
  readonly isThorough: boolean;
}

export interface FaultSweep {
  readonly faults: number;
  /** What was wrong after the first fault that was not borne as it should be. */
  readonly found: readonly string[];
}

/** A store as it was when a step began. */
interface Scene {
  readonly step: Step;
  readonly disk: ModelDisk;
  readonly account: Account;
  readonly now: number;
}

/** Runs every step with a failure at every call of it, beginning with those that open the store. */
export async function sweepFaults(
  steps: readonly Step[],
  codesAt: (call: number) => readonly Omit<Fault, 'call'>[],
): Promise<FaultSweep> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  try {
    let faults = 0;
    for (const scene of await scenes(steps)) {
      const { calls } = await play(scene, null);
      for (let call = 0; call < calls; call += 1) {
        for (const kind of codesAt(call)) {
          const fault = { ...kind, call };
          faults += 1;
          const { wrong } = await play(scene, fault);
          vi.clearAllTimers();
          if (wrong.length > 0) return { faults, found: told(scene, fault, wrong) };
        }
      }
    }
    return { faults, found: [] };
  } finally {
    vi.useRealTimers();
  }
}

async function scenes(steps: readonly Step[]): Promise<readonly Scene[]> {
  const found: Scene[] = [];
  const fs = createModelFs();
  const stage = await openStage(fs);
  for (const step of steps) {
    found.push({ step, disk: fs.disk(), account: stage.ledger.account(), now: stage.now() });
    await step.run(stage);
  }
  return found;
}

/** Opens the store, takes the step, each again if the fault made it fail, and looks at what has become of the rows. */
async function play({ step, disk, account, now }: Scene, fault: Fault | null) {
  let isOver = false;
  const fs = createModelFs({
    disk: afterPowerCut(disk, killed),
    onCall: ({ number }) => {
      if (fault === null || isOver) return null;
      return number === fault.call || (fault.lasts && number > fault.call) ? fault.code : null;
    },
  });
  const wrong: string[] = [];
  const twice = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (fault === null || !isWorded(error, fault.code)) throw error;
      isOver = true;
      return await act();
    }
  };
  let calls = 0;
  try {
    const stage = await twice(() => openStage(fs, { ledger: createLedger(account), startMs: now }));
    await twice(() => step.run(stage));
    calls = fs.callCount();
    isOver = true;
    wrong.push(...(await lookedAt(stage, 'afterwards')));
    if (fault?.isThorough !== true) return { wrong, calls };
    await goOn(stage);
    wrong.push(...(await lookedAt(stage, 'later')));
    // What a failed call wrote may be on the disk or not.
    for (const cut of [onlyFlushed, killed]) {
      const left = await recover(afterPowerCut(fs.disk(), cut), stage.ledger.account(), false);
      wrong.push(...left.wrong.map((text) => `then ${cut.name}, ${text}`));
    }
  } catch (error) {
    wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { wrong, calls };
}

/** The store has to work again without being opened anew. */
async function goOn({ append, bar, event, at }: Stage): Promise<void> {
  await append(bar('LATE', 0, 0), event('late', 0));
  await at().store.flushParts();
  await at().compaction.run({});
  await at().store.checkpoint();
}

async function lookedAt({ ledger, at }: Stage, when: string): Promise<string[]> {
  return violations(ledger.account(), await readBack(at().store)).map((text) => `${when}: ${text}`);
}

function isWorded(error: unknown, code: string): boolean {
  return error instanceof WorkbenchError && error.code === faultCodes[code];
}

function told({ step }: Scene, { code, call, lasts }: Fault, wrong: readonly string[]): string[] {
  const where = `${step.name}, ${code} at call ${call}${lasts ? ' and after it' : ''}`;
  return wrong.slice(0, 5).map((text) => `${where}: ${text}`);
}
