import type { TierId } from '#shared/domain/tier';
import type { Dataset } from '#schemas/define-dataset';
import { compactedPath } from './layout.ts';
import type { Store } from './store.ts';

/**
 * A name for a compacted file that no file ever had. One may lie there that the log does not know: what a crash left,
 * or the result of a job whose record failed and may yet turn out to have been written.
 */
export async function unusedCompactedPath(
  { catalog, fs }: Store,
  dataset: Dataset,
  timeframe: string,
  period: string,
  tier: TierId = 'hot',
): Promise<string> {
  for (let revision = catalog.nextRevision(dataset, timeframe, period); ; revision += 1) {
    const path = compactedPath(dataset, timeframe, period, revision, tier);
    if ((await fs.size(path)) === null) return path;
  }
}
