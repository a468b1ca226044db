import { z } from 'zod';

const instantMs = z.int();

/** `_quality/expected-gaps.json`: bars that will not come, and marks that were taken back. */
export const expectedGapsDocument = z.object({
  version: z.literal(1),
  gaps: z
    .array(
      z.object({
        id: z.string().min(1),
        symbol: z.string(),
        timeframe: z.string().nullable(),
        from: instantMs,
        until: instantMs,
        reason: z.string(),
        createdMs: instantMs,
        withdrawnMs: instantMs.nullable(),
      }),
    )
    .readonly(),
});
