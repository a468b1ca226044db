import { WorkbenchError } from '#shared/errors';
import type { StartChild } from '../platform/child.ts';
import { keepChildren } from '../platform/kept-children.ts';
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
  const children = keepChildren(startChild, 'exporter', idleMs);
  const stops = new Set<() => void>();
  let nextId = 1;

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
      const id = nextId++;
      const leave = () => {
        stops.delete(stop);
        signal?.removeEventListener('abort', stop);
      };
      const child = children.take({
        onMessage(message) {
          const reply = message as ExporterReply;
          if (reply.kind === 'progress') {
            onProgress(reply.progress);
            return;
          }
          leave();
          children.giveBack(child);
          if (reply.kind === 'done') resolve(reply.result);
          else reject(new WorkbenchError(reply.code, reply.message));
        },
        onExit(reason) {
          leave();
          reject(new WorkbenchError('unexpected', `The export process ended before it was done (${reason})`));
        },
      });
      const stop = () => {
        leave();
        children.end(child);
        reject(cancelled());
      };
      stops.add(stop);
      signal?.addEventListener('abort', stop, { once: true });
      const request: ExporterRequest = { id, task };
      child.post(request);
    });
  }

  return {
    look: async (work, signal) => (await run({ kind: 'look', work }, () => undefined, signal)) as ExportLook,
    write: async (work, folders, onProgress, signal) =>
      (await run({ kind: 'write', work, ...folders }, onProgress, signal)) as ExportWritten,
    close() {
      for (const stop of [...stops]) stop();
      children.endIdle();
    },
  };
}

function cancelled(): WorkbenchError {
  return new WorkbenchError('cancelled', 'The export was cancelled');
}
