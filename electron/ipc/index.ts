import type { AppendRows } from '../ingest/append-rows.ts';
import type { Adoption } from '../jobs/adopt/adopt-files.ts';
import type { CompactionJob } from '../jobs/compaction.ts';
import type { CurrentObjects } from '../jobs/current-objects.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { ReplaceDay } from '../jobs/replace-day.ts';
import type { Rollups } from '../jobs/rollups/rollups.ts';
import type { Trash } from '../jobs/trash.ts';
import type { Verify } from '../jobs/verify/verify.ts';
import type { ListFiles } from '../queries/list-files.ts';
import type { ObjectReader } from '../queries/object-reader.ts';
import type { Series } from '../queries/series.ts';
import type { Describe } from '../queries/describe-store.ts';
import type { Viewport } from '../queries/viewport.ts';
import { adoptionHandlers } from './adoption.ts';
import { candleHandlers } from './candles.ts';
import { compactionHandlers } from './compaction.ts';
import { fileHandlers } from './files.ts';
import type { StoreHandlers } from './handlers.ts';
import { jobHandlers } from './jobs.ts';
import { objectHandlers } from './objects.ts';
import { rollupHandlers } from './rollups.ts';
import { storeHandlers } from './store.ts';
import { symbolHandlers } from './symbols.ts';
import { trashHandlers } from './trash.ts';
import { verifyHandlers } from './verify.ts';

export interface Services {
  readonly describe: Describe;
  readonly series: Series;
  readonly viewport: Viewport;
  readonly objects: ObjectReader;
  readonly appendRows: AppendRows;
  readonly jobs: JobQueue;
  readonly compaction: CompactionJob;
  readonly replaceDay: ReplaceDay;
  readonly rollups: Rollups;
  readonly currentObjects: CurrentObjects;
  readonly listFiles: ListFiles;
  readonly trash: Trash;
  readonly verify: Verify;
  readonly adoption: Adoption;
}

/** One line a namespace. A namespace of the contract left out does not compile. */
export function allHandlers(services: Services): StoreHandlers {
  return {
    store: storeHandlers(services.describe),
    symbols: symbolHandlers(services.series),
    candles: candleHandlers(services.viewport, services.appendRows, services.replaceDay),
    objects: objectHandlers(services.objects, services.appendRows, services.currentObjects),
    compaction: compactionHandlers(services.compaction, services.jobs),
    jobs: jobHandlers(services.jobs),
    rollups: rollupHandlers(services.rollups),
    files: fileHandlers(services.listFiles),
    trash: trashHandlers(services.trash),
    verify: verifyHandlers(services.verify),
    adoption: adoptionHandlers(services.adoption),
  };
}
