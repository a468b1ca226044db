import { compressionIds, type CompressionId } from '#shared/domain/compression';
import { z } from 'zod';

const tier = (afterDays: number, profile: CompressionId) =>
  z
    .object({
      isOn: z.boolean().default(true),
      /** Absolute path; null: in the store's own folder. */
      path: z.string().min(1).max(4_096).nullable().default(null),
      afterDays: z.int().min(1, 'is less than a day').max(36_500).default(afterDays),
      profile: z.enum(compressionIds, `is none of ${compressionIds.join(', ')}`).default(profile),
    })
    .strict();

const warm = tier(1, 'warm');
const cold = tier(30, 'cold');

/** In `store.json`: where files move as they age. */
export const tierSettings = z
  .object({ warm: warm.default(() => warm.parse({})), cold: cold.default(() => cold.parse({})) })
  .strict()
  .refine(({ warm: first, cold: last }) => !first.isOn || !last.isOn || last.afterDays > first.afterDays, {
    path: ['cold', 'afterDays'],
    message: 'is not later than that of the warm tier',
  });
