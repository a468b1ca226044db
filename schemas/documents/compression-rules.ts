import { compressionIds } from '#shared/domain/compression';
import { parseResolution } from '#shared/domain/timeframe';
import { z } from 'zod';
import { datasets } from '../index.ts';

/** In `store.json`: profiles by `candles` or `candles:1m`. */
export const compressionRules = z
  .record(z.string(), z.enum(compressionIds, `is none of ${compressionIds.join(', ')}`))
  .superRefine((rules, fault) => {
    for (const key of Object.keys(rules)) {
      if (!isSeries(key))
        fault.addIssue({
          code: 'custom',
          path: [key],
          message: 'is no dataset, nor one with its timeframe, such as candles:1m',
        });
    }
  });

function isSeries(text: string): boolean {
  const [dataset, timeframe, ...rest] = text.split(':');
  return (
    rest.length === 0 &&
    datasets.some(({ name }) => name === dataset) &&
    (timeframe === undefined || parseResolution(timeframe) === timeframe)
  );
}
