import type { z } from 'zod';

/** What a check found, in one line: each fault with the place it is at. */
export function describeFault({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`))
    .join('; ');
}
