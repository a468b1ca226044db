import { replyOf, WorkbenchError } from '#shared/errors';

type CallStore = (channel: string, args: unknown) => Promise<unknown>;

/** Files and folders that the user has chosen in a dialog of a window, or let fall into it. */
export interface ChosenFiles {
  readonly add: (paths: readonly string[]) => void;
  readonly has: (path: string) => boolean;
}

export function createChosenFiles(): ChosenFiles {
  const chosen = new Set<string>();
  return {
    add: (paths) => {
      for (const path of paths) chosen.add(path);
    },
    has: (path) => chosen.has(path),
  };
}

/** The same calls, but that a page has only files read that the user has chosen: it could name any other by its path. */
export function guardImports(call: CallStore, chosen: ChosenFiles): CallStore {
  return (channel, args) => {
    const stranger = channel.startsWith('imports.')
      ? filesOf(args).find((file) => typeof file !== 'string' || !chosen.has(file))
      : undefined;
    if (stranger === undefined) return call(channel, args);
    const name = typeof stranger === 'string' ? stranger : JSON.stringify(stranger);
    const reason = `${name} was not chosen since this window was opened: choose it again, or drop it here`;
    return Promise.resolve(replyOf(new WorkbenchError('permission-denied', reason)));
  };
}

/** What is no list is refused by the contract later. */
function filesOf(args: unknown): readonly unknown[] {
  if (typeof args !== 'object' || args === null || !('files' in args)) return [];
  return Array.isArray(args.files) ? args.files : [args.files];
}
