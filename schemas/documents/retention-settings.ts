import { retainedDatasets, type RetentionPolicy } from '#shared/domain/retention';
import { tierIds } from '#shared/domain/tier';
import { parseResolution } from '#shared/domain/timeframe';
import { z } from 'zod';

const timeframe = z
  .string()
  .refine((text) => parseResolution(text) === text, 'is not a timeframe such as 5m');
const sizeBytes = z.int().min(1, 'is not more than nothing');

export const retentionPolicy = z
  .object({
    dataset: z.enum(retainedDatasets),
    timeframe: timeframe.nullable(),
    tier: z.enum(tierIds).optional(),
    isOn: z.boolean(),
    maxAgeDays: z.int().min(1, 'is less than a day').max(36_500).nullable(),
    maxSizeBytes: sizeBytes.nullable(),
    maxSizeBytesPerSymbol: sizeBytes.nullable(),
    exclude: z.array(z.string().min(1).max(512)).max(64).readonly(),
  })
  .strict()
  .refine(({ dataset, timeframe: tf }) => dataset !== 'performance' || tf === null, {
    path: ['timeframe'],
    message: 'performance has none',
  });

export const retentionGuardrails = z
  .object({
    minAgeDays: z.int().min(0, 'is negative').max(36_500),
    maxSharePercent: z.number().gt(0, 'is not more than nothing').max(100),
    keepRollupSources: z.boolean(),
    /** Absent in stores made before it was known. */
    keepOpenObjects: z.boolean().default(true),
  })
  .strict();

export const defaultGuardrails = {
  minAgeDays: 7,
  maxSharePercent: 50,
  keepRollupSources: true,
  keepOpenObjects: true,
} as const;

const age = (
  dataset: RetentionPolicy['dataset'],
  tf: string | null,
  maxAgeDays: number,
): RetentionPolicy => ({
  dataset,
  timeframe: tf,
  isOn: false,
  maxAgeDays,
  maxSizeBytes: null,
  maxSizeBytesPerSymbol: null,
  exclude: [],
});

/** Off until somebody switches them on: until then everything is kept for ever. */
export const defaultPolicies: readonly RetentionPolicy[] = [
  age('candles', '1m', 30),
  age('candles', '5m', 90),
  age('candles', '15m', 180),
  age('candles', '1h', 365),
  age('candles', '1d', 2_555),
  age('performance', null, 365),
];

/** In `store.json`: how long things are kept. */
export const retentionSettings = z.object({
  policies: z
    .array(retentionPolicy)
    .max(256)
    .readonly()
    .refine(
      (policies) =>
        new Set(policies.map(({ dataset, timeframe: tf, tier }) => `${dataset}:${tf ?? ''}@${tier ?? ''}`))
          .size === policies.length,
      'has two of one dataset, timeframe and tier',
    )
    .default(() => defaultPolicies as z.infer<typeof retentionPolicy>[]),
  guardrails: retentionGuardrails.default(defaultGuardrails),
});
