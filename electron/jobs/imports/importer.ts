import { WorkbenchError } from '#shared/errors';
import type {
  CompareResult,
  CompareTask,
  ImporterReply,
  ImporterRequest,
  ImportTask,
  ReadProgress,
  ReadResult,
  ReadTask,
  WriteResult,
  WriteTask,
} from '../../imports/files/import-work.ts';
import type { Child, StartChild } from '../../platform/child.ts';

/** One import in a process of its own. Aborting kills the process, and with it all that was read. */
export interface ImportSession {
  readonly read: (task: Omit<ReadTask, 'kind'>) => Promise<ReadResult>;
  readonly compare: (task: Omit<CompareTask, 'kind'>) => Promise<CompareResult>;
  readonly write: (task: Omit<WriteTask, 'kind'>) => Promise<readonly WriteResult[]>;
  /** Gives the process back for the next import. */
  readonly close: () => void;
}

export interface Importer {
  readonly begin: (
    onProgress?: (progress: Partial<ReadProgress>) => void,
    signal?: AbortSignal,
  ) => ImportSession;
  /** Ends what is under way. */
  readonly close: () => void;
}

/** A process is kept for the next import this long: whoever sets one up looks at it several times. */
const idleMs = 30_000;

/** Each session has a process to itself. `begin` throws `cancelled` when its signal is aborted already. */
export function createImporter(startChild: StartChild): Importer {
  const idle = new Map<Child, NodeJS.Timeout>();
  const busy = new Set<() => void>();
  const listeners = new WeakMap<Child, (reply: ImporterReply | string) => void>();

  function take(): Child {
    const [spare] = idle.keys();
    if (spare !== undefined) {
      clearTimeout(idle.get(spare));
      idle.delete(spare);
      return spare;
    }
    const child = startChild('importer');
    child.onMessage((message) => listeners.get(child)?.(message as ImporterReply));
    child.onExit((reason) => {
      clearTimeout(idle.get(child));
      idle.delete(child);
      listeners.get(child)?.(reason);
      listeners.delete(child);
    });
    return child;
  }

  function giveBack(child: Child): void {
    listeners.delete(child);
    const timer = setTimeout(() => {
      idle.delete(child);
      child.kill();
    }, idleMs);
    timer.unref();
    idle.set(child, timer);
  }

  function begin(
    onProgress: (progress: Partial<ReadProgress>) => void = () => undefined,
    signal?: AbortSignal,
  ): ImportSession {
    if (signal?.aborted === true) throw cancelled();
    const child = take();
    let id = 0;
    let over: WorkbenchError | null = null;
    let settle: ((reply: ImporterReply | WorkbenchError) => void) | null = null;
    const end = (reason: WorkbenchError) => {
      over = reason;
      busy.delete(stop);
      signal?.removeEventListener('abort', stop);
      settle?.(reason);
    };
    const stop = () => {
      listeners.delete(child);
      child.kill();
      end(cancelled());
    };
    busy.add(stop);
    signal?.addEventListener('abort', stop, { once: true });
    listeners.set(child, (reply) => {
      if (typeof reply === 'string') {
        end(new WorkbenchError('unexpected', `The import process ended before it was done (${reply})`));
      } else if (reply.id !== id) return;
      else if (reply.kind === 'progress') onProgress(reply.progress);
      else settle?.(reply);
    });

    function run(task: ImportTask): Promise<unknown> {
      return new Promise((resolve, reject) => {
        if (over !== null) {
          reject(over);
          return;
        }
        id += 1;
        settle = (reply) => {
          settle = null;
          if (reply instanceof WorkbenchError) reject(reply);
          else if (reply.kind === 'done') resolve(reply.result);
          else if (reply.kind === 'failed') reject(new WorkbenchError(reply.code, reply.message));
        };
        const request: ImporterRequest = { id, task };
        child.post(request);
      });
    }

    return {
      read: async (task) => (await run({ kind: 'read', ...task })) as ReadResult,
      compare: async (task) => (await run({ kind: 'compare', ...task })) as CompareResult,
      write: async (task) => (await run({ kind: 'write', ...task })) as readonly WriteResult[],
      close() {
        if (over !== null) return;
        end(new WorkbenchError('unexpected', 'The import is over'));
        giveBack(child);
      },
    };
  }

  return {
    begin,
    close() {
      for (const stop of [...busy]) stop();
      for (const [child, timer] of idle) {
        clearTimeout(timer);
        child.kill();
      }
      idle.clear();
    },
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The import was cancelled');
}
