import { replyOf, WorkbenchError } from '#shared/errors';
import { importArgs } from '#shared/ipc';

/** Files that the user has chosen in a window: what its page may have read, and nothing beside them. */
export interface ChosenFiles {
  readonly add: (paths: readonly string[]) => void;
  /** The same calls, but that a page has no file imported that nobody chose. */
  readonly guard: (call: CallStore) => CallStore;
}

type CallStore = (channel: string, args: unknown) => Promise<unknown>;

export function createChosenFiles(): ChosenFiles {
  const chosen = new Set<string>();
  return {
    add(paths) {
      for (const path of paths) chosen.add(path);
    },
    guard: (call) => (channel, args) => {
      if (!channel.startsWith('imports.')) return call(channel, args);
      const request = importArgs.safeParse(args);
      // What is not in the contract is refused, and worded, where all calls are.
      const stranger = request.success ? request.data.files.find((path) => !chosen.has(path)) : undefined;
      if (stranger === undefined) return call(channel, args);
      const reason = `${stranger} was not chosen in this window`;
      return Promise.resolve(replyOf(new WorkbenchError('permission-denied', reason)));
    },
  };
}
