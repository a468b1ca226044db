import { vi } from 'vitest';
import type { StoreSettings } from '../../../electron/storage/store.ts';
import { fingerprint } from './fingerprint.ts';
import { createLedger, type Account } from './ledger.ts';
import type { Step } from './life.ts';
import { createModelFs } from './model-fs.ts';
import type { Mutation } from './mutations.ts';
import { afterPowerCut, isAllFlushed, killed, powerCuts } from './power-cut.ts';
import { recover, type Moment } from './recovery.ts';
import { openStage } from './stage.ts';

export interface SweepOptions {
  readonly steps: readonly Step[];
  readonly seed: number;
  /** Of so many crashes of the script one goes on from there, and is crashed again at every call of that. */
  readonly everyRecovery: number;
  /** A rule that is broken while the script runs. Recovery keeps all of them. */
  readonly mutation?: Mutation;
  readonly settings?: Partial<StoreSettings>;
  /** False when acknowledged rows may be lost: then each write is there as a whole or not at all. */
  readonly promises?: boolean;
  /** Told now and then. */
  readonly onProgress?: (progress: SweepProgress) => void;
}

export interface SweepProgress {
  /** Crashes that were looked at, and those that left what an earlier one had left: one look is enough for all. */
  readonly crashes: number;
  /** Different disks that a store was opened on. */
  readonly states: number;
  /** Calls of the script whose crashes are behind us, of so many. */
  readonly calls: number;
  readonly callCount: number;
}

export interface SweepResult extends SweepProgress {
  /** What was wrong with the first one that was not as promised. */
  readonly found: readonly string[];
}

/** Runs a script once, then wakes up from a crash at every call of it in many ways, until something is wrong. */
export async function sweepCrashes(options: SweepOptions): Promise<SweepResult> {
  const { seed, everyRecovery, promises = true, onProgress } = options;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  try {
    const moments = await record(options);
    const seen = createSeen();
    let firsts = 0;
    const progress = (calls: number): SweepProgress => ({
      ...seen.counts(),
      calls,
      callCount: moments.length,
    });
    for (const [calls, { account, ...rest }] of moments.entries()) {
      const moment = { ...rest, account: promises ? account : unpromised(account) };
      for (const first of crashesAt(moment, seed)) {
        if (!seen.isNew(first)) continue;
        firsts += 1;
        const goesOn = firsts % everyRecovery === 0;
        const { wrong, moments: during } = await recover(first.disk, first.account, goesOn);
        const found = wrong.length > 0 ? told(first.name, wrong) : [];
        if (goesOn && found.length === 0)
          found.push(...(await crashAgain(first.name, during, options, seen)));
        if (found.length > 0) return { ...progress(calls), found };
      }
      onProgress?.(progress(calls));
    }
    return { ...progress(moments.length), found: [] };
  } finally {
    vi.useRealTimers();
  }
}

/** Wakes up from a crash at every call of a recovery. */
async function crashAgain(
  name: string,
  moments: readonly Moment[],
  { seed, everyRecovery }: SweepOptions,
  seen: Seen,
): Promise<readonly string[]> {
  for (const moment of moments) {
    for (const second of crashesAt(moment, seed)) {
      if (!seen.isNew(second)) continue;
      const goesOn = seen.counts().states % everyRecovery === 0;
      const { wrong } = await recover(second.disk, second.account, goesOn);
      if (wrong.length > 0) return told(`${name}, then at ${second.name}`, wrong);
    }
  }
  return [];
}

interface Seen {
  /** False for a disk that was looked at already while the same had been promised. */
  readonly isNew: (moment: Moment) => boolean;
  readonly counts: () => Pick<SweepProgress, 'crashes' | 'states'>;
}

function createSeen(): Seen {
  const seen = new Set<string>();
  const accounts = new WeakMap<Account, string>();
  let crashes = 0;
  return {
    isNew({ disk, account }) {
      crashes += 1;
      let promised = accounts.get(account);
      if (promised === undefined) accounts.set(account, (promised = inWords(account)));
      const state = `${fingerprint(disk)} ${promised}`;
      return !seen.has(state) && seen.add(state).has(state);
    },
    counts: () => ({ crashes, states: seen.size }),
  };
}

/** By its rows a write is the same one in two runs of one script. */
function inWords({ writes, acknowledged }: Account): string {
  return writes
    .map(
      (write) => `${acknowledged.has(write) ? '+' : '-'}${write.rows.map(({ number }) => number).join(',')}`,
    )
    .join(' ');
}

function unpromised(account: Account): Account {
  return { ...account, acknowledged: new Set() };
}

function crashesAt(moment: Moment, seed: number): (Moment & { readonly name: string })[] {
  const cuts = isAllFlushed(moment.disk) ? [killed] : powerCuts(seed + moment.call);
  return cuts.map((cut) => ({
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
    writerOf: (opening) => `opening${opening}`,
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
