import type { HealthReport } from '#shared/domain/health';
import type { CalendarId } from '#shared/domain/session-calendar';
import type { TierState } from '#shared/domain/tier';
import { DAY, HOUR } from '#shared/units';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keepSizeSample, readSizeHistory, type SizeSample } from './size-history.ts';
import type { Clock } from '../../platform/clock.ts';
import { freeBytes } from '../../platform/disk-space.ts';
import { inBatches } from '../../platform/in-batches.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import type { Store } from '../../storage/store.ts';
import type { Series } from '../series.ts';
import type { CompressionRatio } from '../storage/compression-ratio.ts';
import type { BackupFact } from './health-facts.ts';
import { judgeHealth } from './judge-health.ts';
import type { Meter } from './meter.ts';
import { metricsText } from './metrics-text.ts';

export interface HealthParts {
  readonly store: Store;
  readonly folder: string;
  readonly compressionRatio: CompressionRatio;
  readonly clock: Clock;
  readonly isDemo: boolean;
  readonly series: Series;
  readonly calendarOf: (symbol: string) => CalendarId;
  readonly meter: Meter;
  /** What opening the store had to say. */
  readonly warnings: () => readonly string[];
  readonly tiers: () => Promise<readonly TierState[]>;
  /** Jobs that failed since an instant, were cut short and not run again, or found something wrong, in words. */
  readonly failedJobsSince: (sinceMs: number) => Promise<readonly string[]>;
  readonly backup: (nowMs: number) => Promise<BackupFact | null>;
  readonly watcherLagMs: () => number | null;
  /** What schedules cannot do, one sentence each. */
  readonly scheduleFaults: () => Promise<readonly string[]>;
}

export interface Health {
  readonly check: () => Promise<HealthReport>;
  /** Metrics in Prometheus text. Counters begin when the store is opened. */
  readonly metrics: () => Promise<string>;
  /** Remembers how large the store is, at most once an hour. Only its owner does. */
  readonly remember: () => Promise<void>;
}

/** Looks at the store, and at the disk that `folder` lies on, at each call. Nothing but `remember` writes. */
export function createHealth(parts: HealthParts): Health {
  const { store, folder, clock, series, calendarOf, meter } = parts;
  const writtenAtMs = new Map<string, number>();

  function sizeNow(): SizeSample {
    let sizeBytes = store.logBytes;
    let files = 0;
    let rows = store.tail.pendingCount;
    for (const file of store.catalog.files()) {
      sizeBytes += file.sizeBytes;
      rows += file.rows;
      files += 1;
    }
    return { atMs: clock(), sizeBytes, files, rows };
  }

  function looseParts(nowMs: number): number {
    let count = 0;
    for (const { level, partition } of store.catalog.files())
      if (level === 'part' && periodRange(partition).until <= nowMs - DAY) count += 1;
    return count;
  }

  /** Living files that are not there; a job may have replaced them meanwhile. */
  async function missingFiles(): Promise<readonly string[]> {
    const sizes = await inBatches(
      store.catalog.presentFiles(),
      async ({ path }) => [path, await store.fs.size(path).catch(() => 0)] as const,
    );
    return sizes.flatMap(([path, size]) =>
      size === null && store.catalog.get(path) !== undefined ? [path] : [],
    );
  }

  async function oldestFileAgeMs(): Promise<number | null> {
    const living: readonly FileEntry[] = [...store.catalog.files()];
    await inBatches(
      living.filter(({ path }) => !writtenAtMs.has(path)),
      async ({ path }) => {
        const stats = await stat(join(folder, path)).catch(() => null);
        if (stats !== null) writtenAtMs.set(path, stats.mtimeMs);
      },
    );
    let oldest = Infinity;
    for (const { path } of living) oldest = Math.min(oldest, writtenAtMs.get(path) ?? Infinity);
    return oldest === Infinity ? null : clock() - oldest;
  }

  return {
    async check() {
      const nowMs = clock();
      const bars = series.list().flatMap(({ symbol, timeframes }) =>
        timeframes.map(({ timeframe, last }) => ({
          symbol,
          timeframe,
          calendar: calendarOf(symbol),
          lastMs: last,
        })),
      );
      return judgeHealth({
        nowMs,
        freeBytes: await freeBytes(folder),
        logBytes: store.logBytes,
        writeFailure: store.failure?.message ?? null,
        warnings: parts.warnings(),
        missing: await missingFiles(),
        tiers: await parts.tiers(),
        looseParts: looseParts(nowMs),
        series: bars,
        isDemo: parts.isDemo,
        sizes: [...(await readSizeHistory(folder)), sizeNow()],
        failedJobs: await parts.failedJobsSince(nowMs - DAY),
        backup: await parts.backup(nowMs),
        watcherLagMs: parts.watcherLagMs(),
        scheduleFaults: await parts.scheduleFaults(),
      });
    },
    async metrics() {
      const { sizeBytes, files } = sizeNow();
      return metricsText({
        ...meter.read(),
        fileCount: files,
        storedBytes: sizeBytes - store.logBytes,
        logBytes: store.logBytes,
        freeBytes: await freeBytes(folder),
        oldestFileAgeMs: await oldestFileAgeMs(),
        pendingRows: store.tail.pendingCount,
        compressionRatio: await parts.compressionRatio(),
      });
    },
    remember: () => keepSizeSample(folder, sizeNow(), HOUR),
  };
}
