import { vi } from 'vitest';
import type { StoreSettings } from '../../../electron/storage/store.ts';
import { createLedger, type Account } from './ledger.ts';
import { createModelFs } from './model-fs.ts';
import type { Mutation } from './mutations.ts';
import { afterPowerCut, fingerprint, powerCuts } from './power-cut.ts';
import { recover, type Moment } from './recovery.ts';
import type { Step } from './life.ts';
import { openStage } from './stage.ts';

export interface SweepOptions {
  readonly steps: readonly Step[];
  readonly seed: number;
  /** Of so many states one goes on from there, and is crashed again at every call of that. */
  readonly everyRecovery: number;
  /** A rule that is broken while the script runs. Recovery keeps all of them. */
  readonly mutation?: Mutation;
  readonly settings?: Partial<StoreSettings>;
  /** False when acknowledged rows may be lost: then each write is there as a whole or not at all. */
  readonly promises?: boolean;
}

export interface SweepResult {
  /** Different disks that a store was opened on. */
  readonly states: number;
  /** What was wrong with the first one that was not as promised. */
  readonly found: readonly string[];
}

/** Runs a script once, then wakes up from a crash at every call of it in many ways, until something is wrong. */
export async function sweepCrashes(options: SweepOptions): Promise<SweepResult> {
  const { seed, everyRecovery, promises = true } = options;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  try {
    const seen = new Set<string>();
    const isNew = ({ disk, account }: Moment) => {
      const state = `${account.writes.length} ${account.acknowledged.size}\n${fingerprint(disk)}`;
      return !seen.has(state) && seen.add(state).has(state);
    };
    for (const { account, ...rest } of await record(options)) {
      const moment = { ...rest, account: promises ? account : unpromised(account) };
      for (const first of crashesAt(moment, seed).filter(isNew)) {
        const goesOn = seen.size % everyRecovery === 0;
        const recovery = await recover(first.disk, first.account, goesOn);
        if (recovery.wrong.length > 0) return { states: seen.size, found: told(first.name, recovery.wrong) };
        if (!goesOn) continue;
        for (const second of recovery.moments.flatMap((during) => crashesAt(during, seed)).filter(isNew)) {
          const { wrong } = await recover(second.disk, second.account, seen.size % everyRecovery === 0);
          const name = `${first.name}, then at ${second.name}`;
          if (wrong.length > 0) return { states: seen.size, found: told(name, wrong) };
        }
      }
    }
    return { states: seen.size, found: [] };
  } finally {
    vi.useRealTimers();
  }
}

function unpromised(account: Account): Account {
  return { ...account, acknowledged: new Set() };
}

function crashesAt(moment: Moment, seed: number): (Moment & { readonly name: string })[] {
  return powerCuts(seed + moment.call).map((cut) => ({
    ...moment,
    disk: afterPowerCut(moment.disk, cut),
    name: `call ${moment.call} (${moment.step}), ${cut.name}`,
  }));
}

function told(where: string, wrong: readonly string[]): string[] {
  return wrong.slice(0, 5).map((text) => `${where}: ${text}`);
}

async function record({ steps, mutation, settings }: SweepOptions): Promise<readonly Moment[]> {
  const moments: Moment[] = [];
  const ledger = createLedger();
  let step = 'open';
  const fs = createModelFs({
    onCall: ({ number: call }, disk) => {
      moments.push({ call, disk, account: ledger.account(), step });
      return null;
    },
  });
  const stage = await openStage(mutation?.fs?.(fs) ?? fs, {
    ledger,
    prepare: mutation?.store,
    ...(settings === undefined ? {} : { settings }),
  });
  try {
    for (const { name, run } of steps) {
      step = name;
      await run(stage);
    }
    await stage.at().store.close();
  } catch (error) {
    // A broken rule may stop the script; what came before is looked at.
    if (mutation === undefined) throw error;
  }
  moments.push({ call: fs.callCount(), disk: fs.disk(), account: ledger.account(), step: 'closed' });
  return moments;
}
