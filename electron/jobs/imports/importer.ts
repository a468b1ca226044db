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
import type { StartChild } from '../../platform/child.ts';
import { keepChildren } from '../../platform/kept-children.ts';

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
  const children = keepChildren(startChild, 'importer', idleMs);
  const busy = new Set<() => void>();

  function begin(
    onProgress: (progress: Partial<ReadProgress>) => void = () => undefined,
    signal?: AbortSignal,
  ): ImportSession {
    if (signal?.aborted === true) throw cancelled();
    let id = 0;
    let over: WorkbenchError | null = null;
    let settle: ((reply: ImporterReply | WorkbenchError) => void) | null = null;
    const end = (reason: WorkbenchError) => {
      over = reason;
      busy.delete(stop);
      signal?.removeEventListener('abort', stop);
      settle?.(reason);
    };
    const child = children.take({
      onMessage(message) {
        const reply = message as ImporterReply;
        if (reply.id !== id) return;
        if (reply.kind === 'progress') onProgress(reply.progress);
        else settle?.(reply);
      },
      onExit: (reason) =>
        end(new WorkbenchError('unexpected', `The import process ended before it was done (${reason})`)),
    });
    const stop = () => {
      children.end(child);
      end(cancelled());
    };
    busy.add(stop);
    signal?.addEventListener('abort', stop, { once: true });

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
        children.giveBack(child);
      },
    };
  }

  return {
    begin,
    close() {
      for (const stop of [...busy]) stop();
      children.endIdle();
    },
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The import was cancelled');
}
