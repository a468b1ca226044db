import { replyOf, WorkbenchError } from '#shared/errors';

type CallStore = (channel: string, args: unknown) => Promise<unknown>;

/** Files and folders that the user has named in a dialog of a window, or let fall into it. */
export interface ChosenFiles {
  readonly add: (paths: readonly string[]) => void;
  readonly has: (path: string) => boolean;
}

/** Begins with none. */
export function createChosenFiles(): ChosenFiles {
  const chosen = new Set<string>();
  return {
    add: (paths) => {
      for (const path of paths) chosen.add(path);
    },
    has: (path) => chosen.has(path),
  };
}

/**
 * The same calls, but that a page has only files read, and replaced by the rows of a query, that the user has chosen for
 * it: it could name any other by its path.
 */
export function guardFiles(
  call: CallStore,
  { toRead, toReplace }: { readonly toRead: ChosenFiles; readonly toReplace: ChosenFiles },
): CallStore {
  const isStranger = (chosen: ChosenFiles) => (file: unknown) =>
    typeof file !== 'string' || !chosen.has(file);
  const strangerIn = (channel: string, args: unknown): unknown => {
    if (channel.startsWith('imports.')) return valuesOf(args, 'files').find(isStranger(toRead));
    return channel === 'sql.export' ? valuesOf(args, 'out').find(isStranger(toReplace)) : undefined;
  };
  return (channel, args) => {
    const stranger = strangerIn(channel, args);
    if (stranger === undefined) return call(channel, args);
    const name = typeof stranger === 'string' ? stranger : JSON.stringify(stranger);
    const again = channel === 'sql.export' ? 'choose it again' : 'choose it again, or drop it here';
    const reason = `${name} was not chosen since this window was opened: ${again}`;
    return Promise.resolve(replyOf(new WorkbenchError('permission-denied', reason)));
  };
}

/** What the contract does not allow is refused by it later. */
function valuesOf(args: unknown, name: string): readonly unknown[] {
  if (typeof args !== 'object' || args === null || !(name in args)) return [];
  const value: unknown = Reflect.get(args, name);
  return Array.isArray(value) ? value : [value];
}
