import type { Bench } from './bench.ts';
import { appendBenches } from './cases/append.ts';
import { busyBenches } from './cases/busy.ts';
import { compactionBenches } from './cases/compaction.ts';
import { fileBenches } from './cases/files.ts';
import { indicatorBenches } from './cases/indicators.ts';
import { memoryBenches } from './cases/memory.ts';
import { objectBenches } from './cases/objects.ts';
import { openBenches } from './cases/open.ts';
import { qualityBenches } from './cases/quality.ts';
import { rollupBenches } from './cases/rollups.ts';
import { viewportBenches } from './cases/viewport.ts';
import { windowBenches } from './cases/window.ts';

/** Every bench, in the order of the table. */
export const benches: readonly Bench[] = [
  ...viewportBenches,
  ...busyBenches,
  ...rollupBenches,
  ...indicatorBenches,
  ...objectBenches,
  ...appendBenches,
  ...compactionBenches,
  ...fileBenches,
  ...qualityBenches,
  ...openBenches,
  ...memoryBenches,
  ...windowBenches,
];
