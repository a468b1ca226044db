import { WorkbenchError, type ErrorCode } from '#shared/errors';
import type { TrialRequest, TrialResult } from '../engine/try-compression.ts';
import type { MergeRequest, MergeResult } from '../engine/merge-files.ts';
import type { RolledUpFile, RollUpRequest } from '../engine/roll-up-files.ts';
import type { Child, StartChild } from '../platform/child.ts';

export interface CompactorRequest {
  readonly id: number;
  readonly threads: number;
  readonly memoryLimit: string;
  readonly task: CompactorTask;
}

export type CompactorTask =
  | { readonly kind: 'merge'; readonly dataset: string; readonly merge: MergeRequest }
  | { readonly kind: 'roll-up'; readonly rollUp: RollUpRequest }
  | { readonly kind: 'try'; readonly trial: TrialRequest };

export type CompactorReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** Merges files in a process of its own, which may die without harm: then the merge fails and nothing has changed. */
export interface Compactor {
  readonly merge: (dataset: string, merge: MergeRequest, signal?: AbortSignal) => Promise<MergeResult>;
  readonly close: () => void;
}

/** Makes longer bars of files, in the same process. */
export interface Roller {
  readonly rollUp: (request: RollUpRequest, signal?: AbortSignal) => Promise<readonly RolledUpFile[]>;
}

/** Measures, in the same process, what a compression makes of rows. */
export interface CompressionLab {
  readonly tryCompression: (request: TrialRequest, signal?: AbortSignal) => Promise<TrialResult>;
}

/** The process is kept for the next merge this long: starting it costs as much as a small merge. */
const idleMs = 30_000;

interface Waiting {
  readonly request: CompactorRequest;
  child: Child;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: WorkbenchError) => void;
}

/** One process does the work of all three. `close` ends it, and what was under way throws `cancelled`. */
export function createCompactor(startChild: StartChild): Compactor & Roller & CompressionLab {
  let child: Child | undefined;
  let nextId = 1;
  let idleTimer: NodeJS.Timeout | undefined;
  const waiting = new Map<number, Waiting>();
  const killed = new WeakSet<Child>();

  function start(): Child {
    const started = startChild('compactor');
    started.onMessage((message) => settle(message as CompactorReply));
    started.onExit((reason) => {
      if (child === started) child = undefined;
      for (const [id, caller] of waiting) {
        if (caller.child !== started) continue;
        // It was ended because of another caller's work: this one's is begun anew.
        if (killed.has(started)) post(caller);
        else {
          waiting.delete(id);
          const message = `The compactor process ended before it was done (${reason})`;
          caller.reject(new WorkbenchError('unexpected', message));
        }
      }
    });
    return started;
  }

  function settle(reply: CompactorReply): void {
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) {
      idleTimer = setTimeout(stop, idleMs);
      idleTimer.unref();
    }
    if (reply.ok) caller?.resolve(reply.result);
    else caller?.reject(new WorkbenchError(reply.code, reply.message));
  }

  function stop(): void {
    clearTimeout(idleTimer);
    if (child === undefined) return;
    killed.add(child);
    child.kill();
    child = undefined;
  }

  function post(caller: Waiting): void {
    child ??= start();
    caller.child = child;
    child.post(caller.request);
  }

  function run(task: CompactorTask, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(cancelled());
        return;
      }
      clearTimeout(idleTimer);
      const id = nextId++;
      const cancel = () => {
        const caller = waiting.get(id);
        if (caller === undefined) return;
        waiting.delete(id);
        if (caller.child === child) stop();
        reject(cancelled());
      };
      const settled = () => signal?.removeEventListener('abort', cancel);
      signal?.addEventListener('abort', cancel, { once: true });
      child ??= start();
      const caller: Waiting = {
        request: { id, threads: 2, memoryLimit: '2GB', task },
        child,
        resolve: (result) => {
          settled();
          resolve(result);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      };
      waiting.set(id, caller);
      post(caller);
    });
  }

  return {
    merge: async (dataset, merge, signal) =>
      (await run({ kind: 'merge', dataset, merge }, signal)) as MergeResult,
    rollUp: async (rollUp, signal) =>
      (await run({ kind: 'roll-up', rollUp }, signal)) as readonly RolledUpFile[],
    tryCompression: async (trial, signal) => (await run({ kind: 'try', trial }, signal)) as TrialResult,
    close() {
      const left = [...waiting.values()];
      waiting.clear();
      stop();
      for (const { reject } of left) reject(cancelled());
    },
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The work was cancelled');
}
