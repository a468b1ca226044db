import type { z } from 'zod';

/** What a check found, in one line: each fault with the place it is at, which is below `place` when that is given. */
export function describeFault({ issues }: z.ZodError, place?: string): string {
  const above = place === undefined ? [] : [place];
  return issues
    .map(({ path, message }) =>
      [...[[...above, ...path.map(String)].join('.')].filter(Boolean), message].join(': '),
    )
    .join('; ');
}
