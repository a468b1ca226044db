import { z } from 'zod';

const instantMs = z.int();

/** `_holds/holds.json`: what must not be removed, and what once was not to be. */
export const holdsDocument = z.object({
  version: z.literal(1),
  holds: z
    .array(
      z.object({
        id: z.string().min(1),
        symbol: z.string().nullable(),
        dataset: z.string().nullable(),
        from: instantMs.nullable(),
        until: instantMs.nullable(),
        pattern: z.string().nullable(),
        reason: z.string(),
        owner: z.string(),
        createdMs: instantMs,
        releasedMs: instantMs.nullable(),
        releasedBy: z.string().nullable(),
      }),
    )
    .readonly(),
});
