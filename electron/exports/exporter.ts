import { WorkbenchError } from '#shared/errors';
import type { Child, StartChild } from '../platform/child.ts';
import type {
  ExporterReply,
  ExporterRequest,
  ExporterTask,
  ExportLook,
  ExportWork,
  ExportWritten,
  WriteProgress,
} from './export-work.ts';

/** Does the work of exports in processes of their own, which may be killed without harm. */
export interface Exporter {
  readonly look: (work: ExportWork, signal?: AbortSignal) => Promise<ExportLook>;
  readonly write: (
    work: ExportWork,
    folders: { readonly staging: string; readonly target: string },
    onProgress: (progress: WriteProgress) => void,
    signal?: AbortSignal,
  ) => Promise<ExportWritten>;
  /** Ends what is still under way. */
  readonly close: () => void;
}

/** A process is kept for the next export this long: starting one takes longer than a look. */
const idleMs = 30_000;

/** Each export has a process to itself, which aborting kills. `close` makes what is under way throw `cancelled`. */
export function createExporter(startChild: StartChild): Exporter {
  const idle = new Map<Child, NodeJS.Timeout>();
  const busy = new Map<Child, (error: WorkbenchError) => void>();
  const listeners = new WeakMap<
    Child,
    { onReply: (reply: ExporterReply) => void; onExit: (reason: string) => void }
  >();
  let nextId = 1;

  function take(): Child {
    for (const [child, timer] of idle) {
      clearTimeout(timer);
      idle.delete(child);
      return child;
    }
    const child = startChild('exporter');
    child.onMessage((message) => listeners.get(child)?.onReply(message as ExporterReply));
    child.onExit((reason) => {
      clearTimeout(idle.get(child));
      idle.delete(child);
      listeners.get(child)?.onExit(reason);
    });
    return child;
  }

  function giveBack(child: Child): void {
    const timer = setTimeout(() => {
      idle.delete(child);
      child.kill();
    }, idleMs);
    timer.unref();
    idle.set(child, timer);
  }

  function run(
    task: ExporterTask,
    onProgress: (progress: WriteProgress) => void,
    signal?: AbortSignal,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(cancelled());
        return;
      }
      const child = take();
      const id = nextId++;
      const leave = () => {
        busy.delete(child);
        listeners.delete(child);
        signal?.removeEventListener('abort', cancel);
      };
      const stop = (error: WorkbenchError) => {
        leave();
        child.kill();
        reject(error);
      };
      const cancel = () => stop(cancelled());
      signal?.addEventListener('abort', cancel, { once: true });
      busy.set(child, stop);
      listeners.set(child, {
        onReply(reply) {
          if (reply.kind === 'progress') {
            onProgress(reply.progress);
            return;
          }
          leave();
          giveBack(child);
          if (reply.kind === 'done') resolve(reply.result);
          else reject(new WorkbenchError(reply.code, reply.message));
        },
        onExit(reason) {
          leave();
          reject(new WorkbenchError('unexpected', `The export process ended before it was done (${reason})`));
        },
      });
      const request: ExporterRequest = { id, task };
      child.post(request);
    });
  }

  return {
    look: async (work, signal) => (await run({ kind: 'look', work }, () => undefined, signal)) as ExportLook,
    write: async (work, folders, onProgress, signal) =>
      (await run({ kind: 'write', work, ...folders }, onProgress, signal)) as ExportWritten,
    close() {
      for (const stop of [...busy.values()]) stop(cancelled());
      for (const [child, timer] of idle) {
        clearTimeout(timer);
        child.kill();
      }
      idle.clear();
    },
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The export was cancelled');
}
