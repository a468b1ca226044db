import type { Fs } from './fs.ts';

/**
 * The same file system as long as `refuse` does not throw: from then on nothing gets a name, another one or none.
 * What was written to a file that is open can still be cut off again.
 */
export function fencedFs(fs: Fs, refuse: () => void): Fs {
  const fenced =
    <Args extends readonly unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      refuse();
      return act(...args);
    };
  return {
    ...fs,
    create: fenced(fs.create),
    makeFolder: fenced(fs.makeFolder),
    rename: fenced(fs.rename),
    link: fenced(fs.link),
    remove: fenced(fs.remove),
    removeEmptyFolder: fenced(fs.removeEmptyFolder),
  };
}
