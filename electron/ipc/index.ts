import type { ProfileLibrary } from '../exports/profile-library.ts';
import type { AppendRows } from '../ingest/append-rows.ts';
import type { Adoption } from '../jobs/adopt/adopt-files.ts';
import type { AdoptKind } from '../jobs/adopt/adopt-job.ts';
import type { BackupKind } from '../jobs/backup/backup-job.ts';
import type { CompactionJob } from '../jobs/compaction.ts';
import type { TrialKind } from '../jobs/compression/trial-job.ts';
import type { CurrentObjects } from '../jobs/current-objects.ts';
import type { ExportKind } from '../jobs/export-job.ts';
import type { Imports } from '../jobs/imports/import-job.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { ReplaceDayKind } from '../jobs/replace-day.ts';
import type { Audit } from '../jobs/retention/audit.ts';
import type { Holds } from '../jobs/retention/holds.ts';
import type { RetainKind } from '../jobs/retention/retain-job.ts';
import type { RetentionStore } from '../jobs/retention/retention-settings.ts';
import type { RollupKind } from '../jobs/rollups/rollup-job.ts';
import type { Schedules } from '../jobs/schedules/schedules.ts';
import type { Settings } from '../jobs/store-settings.ts';
import type { PurgeKind, RestoreKind } from '../jobs/trash/trash-jobs.ts';
import type { TierKind } from '../jobs/tiers/tier-job.ts';
import type { Tiers } from '../jobs/tiers/tiers.ts';
import type { Trash } from '../jobs/trash/trash.ts';
import type { VerifyKind } from '../jobs/verify/verify-job.ts';
import type { Health } from '../queries/health/health.ts';
import type { JournalReader } from '../queries/journal-reader.ts';
import type { ListFiles } from '../queries/list-files.ts';
import type { ObjectReader } from '../queries/object-reader.ts';
import type { KnownSymbols } from '../queries/known-symbols.ts';
import type { Series } from '../queries/series.ts';
import type { Describe } from '../queries/describe-store.ts';
import type { SavedQueries } from '../documents/saved-queries.ts';
import type { UserQueries } from '../queries/sql/user-queries.ts';
import type { Storage } from '../queries/storage/storage.ts';
import type { Viewport } from '../queries/viewport.ts';
import { adoptionHandlers } from './adoption.ts';
import { auditHandlers } from './audit.ts';
import { backupHandlers } from './backups.ts';
import { candleHandlers } from './candles.ts';
import { compactionHandlers } from './compaction.ts';
import { compressionHandlers } from './compression.ts';
import { exportHandlers } from './exports.ts';
import { fileHandlers } from './files.ts';
import type { StoreHandlers } from './handlers.ts';
import { healthHandlers } from './health.ts';
import { holdHandlers } from './holds.ts';
import { importHandlers } from './imports.ts';
import { jobHandlers } from './jobs.ts';
import { journalHandlers } from './journal.ts';
import { objectHandlers } from './objects.ts';
import { qualityHandlers, type QualityServices } from './quality.ts';
import { retentionHandlers } from './retention.ts';
import { rollupHandlers } from './rollups.ts';
import { scheduleHandlers } from './schedules.ts';
import { sqlHandlers } from './sql.ts';
import { settingsHandlers } from './settings.ts';
import { storageHandlers } from './storage.ts';
import { storeHandlers } from './store.ts';
import { symbolHandlers } from './symbols.ts';
import { tierHandlers } from './tiers.ts';
import { trashHandlers } from './trash.ts';
import { verifyHandlers } from './verify.ts';

export interface Services {
  readonly checkpoint: () => Promise<void>;
  readonly describe: Describe;
  readonly series: Series;
  readonly knownSymbols: KnownSymbols;
  readonly viewport: Viewport;
  readonly objects: ObjectReader;
  readonly journal: JournalReader;
  readonly appendRows: AppendRows;
  readonly jobs: JobQueue;
  readonly schedules: Schedules;
  readonly compaction: CompactionJob;
  readonly compressionTrial: TrialKind;
  readonly backup: BackupKind;
  readonly replaceDay: ReplaceDayKind;
  readonly rollup: RollupKind;
  readonly currentObjects: CurrentObjects;
  readonly listFiles: ListFiles;
  readonly trash: Trash;
  readonly restore: RestoreKind;
  readonly purge: PurgeKind;
  readonly holds: Holds;
  readonly retention: RetentionStore;
  readonly retain: RetainKind;
  readonly audit: Audit;
  readonly verify: VerifyKind;
  readonly adoption: Adoption;
  readonly adopt: AdoptKind;
  readonly imports: Imports;
  readonly health: Health;
  readonly storage: Storage;
  readonly tiers: Tiers;
  readonly tierMove: TierKind;
  readonly settings: Settings;
  readonly quality: QualityServices;
  readonly userQueries: UserQueries;
  readonly savedQueries: SavedQueries;
  readonly exportKind: ExportKind;
  readonly exportProfiles: ProfileLibrary;
}

/** One line a namespace. A namespace of the contract left out does not compile. */
export function allHandlers(services: Services): StoreHandlers {
  return {
    store: storeHandlers(services.describe, services.checkpoint),
    symbols: symbolHandlers(services.series, services.knownSymbols),
    candles: candleHandlers(services.viewport, services.appendRows, services.replaceDay, services.jobs),
    objects: objectHandlers(services.objects, services.appendRows, services.currentObjects),
    journal: journalHandlers(services.journal, services.appendRows),
    compaction: compactionHandlers(services.compaction, services.jobs),
    compression: compressionHandlers(services.compressionTrial, services.jobs),
    backups: backupHandlers(services.backup, services.jobs),
    jobs: jobHandlers(services.jobs),
    schedules: scheduleHandlers(services.schedules),
    rollups: rollupHandlers(services.rollup, services.jobs),
    files: fileHandlers(services.listFiles),
    trash: trashHandlers(services.trash, services.restore, services.purge, services.holds, services.jobs),
    holds: holdHandlers(services.holds),
    retention: retentionHandlers(services.retention, services.retain, services.jobs),
    audit: auditHandlers(services.audit),
    verify: verifyHandlers(services.verify, services.jobs),
    adoption: adoptionHandlers(services.adoption, services.adopt, services.jobs),
    imports: importHandlers(services.imports, services.jobs),
    health: healthHandlers(services.health),
    storage: storageHandlers(services.storage),
    quality: qualityHandlers(services.quality, services.jobs),
    tiers: tierHandlers(services.tiers, services.tierMove, services.jobs),
    settings: settingsHandlers(services.settings),
    sql: sqlHandlers(services.userQueries, services.savedQueries),
    exports: exportHandlers(services.exportKind, services.exportProfiles, services.jobs),
  };
}
