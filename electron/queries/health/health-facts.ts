import type { CalendarId } from '#shared/domain/session-calendar';
import type { TierState } from '#shared/domain/tier';
import type { Timeframe } from '#shared/domain/timeframe';
import type { SizeSample } from './size-history.ts';

export interface SeriesFact {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly calendar: CalendarId;
  /** Open of the newest stored bar. */
  readonly lastMs: number;
}

export interface BackupFact {
  /** The one of the settings; null where only a schedule asks for backups. */
  readonly folder: string | null;
  /** When the last backup in that folder came to its end; null where none did, or the folder cannot be read. */
  readonly lastMs: number | null;
  /** When a schedule wanted one that was not made; null when none is overdue. */
  readonly missedMs: number | null;
  readonly isScheduled: boolean;
  /** Why the newest one did not come to its end; null when it did. */
  readonly failure: string | null;
}

/** All that a store's health is judged by. */
export interface HealthFacts {
  readonly nowMs: number;
  /** Null where the file system does not say. */
  readonly freeBytes: number | null;
  readonly logBytes: number;
  /** Why nothing can be written; null while all is well. */
  readonly writeFailure: string | null;
  /** What opening or reading the store had to say, one sentence each. */
  readonly warnings: readonly string[];
  /** Files that the store counts on and that are not there. */
  readonly missing: readonly string[];
  readonly tiers: readonly Pick<
    TierState,
    'tier' | 'settings' | 'folder' | 'problem' | 'files' | 'freeBytes'
  >[];
  /** Parts of periods that were over a day ago. */
  readonly looseParts: number;
  readonly series: readonly SeriesFact[];
  /** Made-up data ends when it was made: that it is old says nothing. */
  readonly isDemo: boolean;
  /** Oldest first; the last one is now. */
  readonly sizes: readonly SizeSample[];
  /** Jobs that failed, were cut short and not run again, or found something wrong within the last day, in words. */
  readonly failedJobs: readonly string[];
  /** Null where neither a folder nor a schedule asks for backups. */
  readonly backup: BackupFact | null;
  /** What schedules cannot do, one sentence each. */
  readonly scheduleFaults: readonly string[];
  /** Age that the newest file from another program had when it was taken in; null when none came since the start. */
  readonly watcherLagMs: number | null;
}
