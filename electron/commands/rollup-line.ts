import { counted } from '#shared/counted';
import type { RollupReport } from '#shared/domain/rollup';
import { formatBytes } from './output.ts';

/** What became of one file of rollups. */
export function rollupLine({ timeframe, partition, output, bars, sizeBytes, failure }: RollupReport): string {
  if (failure !== null) return `${timeframe} ${partition}: not made: ${failure}`;
  if (output === null) return `${timeframe} ${partition}: no bars`;
  return `${output}: ${counted(bars, 'bar')}, ${formatBytes(sizeBytes)}`;
}
