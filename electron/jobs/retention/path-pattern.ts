import { WorkbenchError } from '#shared/errors';
import picomatch from 'picomatch';
import { withinTier } from '../../storage/layout.ts';

export type MatchesPath = (path: string) => boolean;

/** Paths that have nothing in common but to lie in a store: what matches all of them says nothing. */
const farApart = [
  'data/1m/2025-01-01/part-a.parquet',
  'data/1d/2024.parquet',
  'objects/15m/2025-01.parquet',
  'performance/snapshots.json',
];

const known = new Map<string, MatchesPath>();

/** A glob over paths of the store (`*` within a folder, `**` across folders) as a test of one path. */
export function pathPattern(glob: string): MatchesPath {
  let matches = known.get(glob);
  if (matches === undefined) {
    if (known.size > 256) known.clear();
    const found = picomatch(glob, { strictBrackets: true });
    // What a pattern keeps it keeps in every tier: a file must not lose that by moving.
    matches = (path) => found(path) || found(withinTier(path));
    known.set(glob, matches);
  }
  return matches;
}

/** Refuses, by the name of its argument, a pattern that is none or that matches every file of any store. */
export function checkPattern(argument: string, glob: string): void {
  let matches: MatchesPath;
  try {
    matches = pathPattern(glob);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError('argument-invalid', `${argument}: ${glob} is not a pattern (${why})`);
  }
  if (glob.startsWith('/') || glob.split('/').includes('..'))
    throw new WorkbenchError('argument-invalid', `${argument}: ${glob} leads out of the store`);
  if (matches('') || farApart.every(matches)) {
    throw new WorkbenchError(
      'argument-invalid',
      `${argument}: ${glob} matches every file of the store; name what is meant, such as data/1m/2025-09-*`,
    );
  }
}
