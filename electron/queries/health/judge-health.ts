import { counted } from '#shared/counted';
import { worstOf, type HealthCheck, type HealthReport } from '#shared/domain/health';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { sizeText } from '#shared/size-text';
import { DAY, MIB } from '#shared/units';
import type { SizeSample } from './size-history.ts';
import type { HealthFacts } from './health-facts.ts';
import { staleSeries } from './stale-series.ts';

/** Below this a store is likely to stop soon: 1 GB, and 200 MB, decimal, as disks are sold. */
const lowDiskBytes = 1_000_000_000;
const fullDiskBytes = 200_000_000;
const longLogBytes = 100_000_000;
/** More make opening slower and plain globs of other programs much slower; a bot comes to this in some days. */
const manyParts = 1_000;
const slowWatcherMs = 10_000;
/** A day's growth is unusual at ten times that of the days before it. */
const unusualGrowth = 10;
const leastUnusualBytes = 100 * MIB;
const unusualLoss = 0.05;
const namedAtMost = 3;
/** Of a backup that no schedule makes. */
const oldBackupMs = 7 * DAY;

/** What a store needs to be told about. Every check answers, also when all is well, so that nobody wonders. */
export function judgeHealth(facts: HealthFacts): HealthReport {
  const checks = [
    judgeDisk(facts),
    judgeLog(facts),
    judgeWriting(facts),
    judgeFiles(facts),
    judgeTiers(facts),
    judgeLoose(facts),
    judgeAge(facts),
    judgeGrowth(facts),
    judgeJobs(facts),
    judgeBackup(facts),
    judgeWatcher(facts),
    judgeSchedules(facts),
  ];
  return { level: worstOf(checks.map(({ level }) => level)), atMs: facts.nowMs, checks };
}

function judgeDisk({ freeBytes }: HealthFacts): HealthCheck {
  if (freeBytes === null)
    return {
      id: 'disk',
      level: 'ok',
      detail: 'the file system does not say how much room it has',
      action: null,
    };
  const detail = `${sizeText(freeBytes)} are free on the disk of the store`;
  if (freeBytes >= lowDiskBytes) return { id: 'disk', level: 'ok', detail, action: null };
  return { id: 'disk', level: freeBytes < fullDiskBytes ? 'bad' : 'warn', detail, action: 'free-space' };
}

function judgeLog({ logBytes }: HealthFacts): HealthCheck {
  const detail = `the log has ${sizeText(logBytes)}`;
  if (logBytes <= longLogBytes) return { id: 'log', level: 'ok', detail, action: null };
  return { id: 'log', level: 'warn', detail: `${detail}; opening will be slow`, action: 'write-checkpoint' };
}

function judgeWriting({ writeFailure, warnings }: HealthFacts): HealthCheck {
  if (writeFailure !== null) {
    return {
      id: 'writing',
      level: 'bad',
      detail: `rows cannot be written: ${writeFailure}`,
      action: 'free-space',
    };
  }
  if (warnings.length === 0)
    return { id: 'writing', level: 'ok', detail: 'the store opened without a fault', action: null };
  return { id: 'writing', level: 'warn', detail: listed(warnings), action: 'verify' };
}

function judgeFiles({ missing }: HealthFacts): HealthCheck {
  if (missing.length === 0)
    return { id: 'files', level: 'ok', detail: 'the files that the log names are there', action: null };
  return { id: 'files', level: 'bad', detail: `missing: ${listed(missing)}`, action: 'verify' };
}

/** Those on disks of their own: the disk of the store is judged by itself. */
function judgeTiers({ tiers }: HealthFacts): HealthCheck {
  const apart = tiers.filter(({ settings }) => settings !== null && settings.path !== null);
  const unusable = apart.flatMap(({ problem }) => problem ?? []);
  if (unusable.length > 0) {
    const isRead = apart.some(({ problem, files }) => problem !== null && files > 0);
    return { id: 'tiers', level: isRead ? 'bad' : 'warn', detail: listed(unusable), action: 'show-tiers' };
  }
  const low = apart.flatMap(({ tier, folder, freeBytes, settings }) =>
    settings?.isOn === true && freeBytes !== null && freeBytes < lowDiskBytes
      ? `${sizeText(freeBytes)} are free for the ${tier} tier in ${folder}`
      : [],
  );
  if (low.length > 0) return { id: 'tiers', level: 'warn', detail: listed(low), action: 'show-tiers' };
  const detail = apart.length === 0 ? 'no tier is on another disk' : 'the disks of the tiers are there';
  return { id: 'tiers', level: 'ok', detail, action: null };
}

function judgeLoose({ looseParts }: HealthFacts): HealthCheck {
  const count = counted(looseParts, 'loose part is', 'loose parts are');
  const detail = `${count} of periods that are over`;
  if (looseParts < manyParts) return { id: 'loose', level: 'ok', detail, action: null };
  return { id: 'loose', level: 'warn', detail: `${detail} and could be merged`, action: 'compact' };
}

function judgeAge({ series, nowMs, isDemo }: HealthFacts): HealthCheck {
  if (isDemo) return { id: 'stale', level: 'ok', detail: 'demo data is as old as it is', action: null };
  const stale = staleSeries(series, nowMs);
  if (stale.length === 0) {
    const detail =
      series.length === 0 ? 'there are no bars yet' : 'every series is up to date with its market';
    return { id: 'stale', level: 'ok', detail, action: null };
  }
  const names = stale.map(
    ({ symbol, timeframe, lastMs }) => `${symbol} ${timeframe} (newest bar ${formatIsoUtc(lastMs)})`,
  );
  return {
    id: 'stale',
    level: 'warn',
    detail: `the market was open and no bars came: ${listed(names)}`,
    action: 'show-series',
  };
}

function judgeGrowth({ sizes, nowMs }: HealthFacts): HealthCheck {
  const now = sizes.at(-1);
  const before = sizes.findLast(({ atMs }) => atMs <= nowMs - DAY);
  if (now === undefined || before === undefined)
    return { id: 'growth', level: 'ok', detail: 'growth is known after a day', action: null };
  const days = (now.atMs - before.atMs) / DAY;
  const grownBytes = (now.sizeBytes - before.sizeBytes) / days;
  const usual = usualGrowth(sizes.filter(({ atMs }) => atMs <= before.atMs));
  const lost = before.rows === 0 ? 0 : (before.rows - now.rows) / before.rows;
  if (lost > unusualLoss) {
    const detail = `the store has ${counted(before.rows - now.rows, 'row')} fewer than a day ago`;
    return { id: 'growth', level: 'warn', detail, action: 'show-jobs' };
  }
  const detail = `${sizeText(Math.max(0, grownBytes))} came in a day`;
  if (usual === null || grownBytes < leastUnusualBytes || grownBytes < unusualGrowth * usual)
    return { id: 'growth', level: 'ok', detail, action: null };
  return {
    id: 'growth',
    level: 'warn',
    detail: `${detail}, where ${sizeText(usual)} are usual`,
    action: 'free-space',
  };
}

/** Bytes a day over all that is remembered; null for less than three days. */
function usualGrowth(sizes: readonly SizeSample[]): number | null {
  const first = sizes[0];
  const last = sizes.at(-1);
  if (first === undefined || last === undefined || last.atMs - first.atMs < 3 * DAY) return null;
  return Math.max(0, last.sizeBytes - first.sizeBytes) / ((last.atMs - first.atMs) / DAY);
}

function judgeJobs({ failedJobs }: HealthFacts): HealthCheck {
  if (failedJobs.length === 0)
    return { id: 'jobs', level: 'ok', detail: 'no job failed or found anything within a day', action: null };
  return {
    id: 'jobs',
    level: 'warn',
    detail: `within a day: ${listed(failedJobs)}`,
    action: 'show-jobs',
  };
}

function judgeBackup({ backup, nowMs }: HealthFacts): HealthCheck {
  if (backup === null)
    return {
      id: 'backup',
      level: 'ok',
      detail: 'no folder and no schedule for backups is set',
      action: null,
    };
  const { folder, lastMs, missedMs, isScheduled, failure } = backup;
  const warn = (detail: string): HealthCheck => ({
    ...{ id: 'backup', level: 'warn', action: 'show-backups', detail },
  });
  if (folder === null) return warn('a schedule makes backups, and the settings name no folder for them');
  if (failure !== null) return warn(`the last backup did not come to its end: ${failure}`);
  if (lastMs === null) return warn(`there is no backup of this store in ${folder}`);
  const detail = `the last backup in ${folder} is of ${formatIsoUtc(lastMs)}`;
  if (missedMs !== null) return warn(`${detail}; another was due ${formatIsoUtc(missedMs)}`);
  const isOld = !isScheduled && nowMs - lastMs > oldBackupMs;
  return isOld
    ? warn(`${detail}, more than a week ago`)
    : { id: 'backup', level: 'ok', detail, action: null };
}

function judgeWatcher({ watcherLagMs }: HealthFacts): HealthCheck {
  if (watcherLagMs === null)
    return { id: 'watcher', level: 'ok', detail: 'no files came from other programs', action: null };
  const detail = `the newest file from another program was taken in after ${(watcherLagMs / 1_000).toFixed(1)} s`;
  return { id: 'watcher', level: watcherLagMs > slowWatcherMs ? 'warn' : 'ok', detail, action: null };
}

function judgeSchedules({ scheduleFaults }: HealthFacts): HealthCheck {
  if (scheduleFaults.length === 0)
    return { id: 'schedules', level: 'ok', detail: 'nothing keeps schedules from running', action: null };
  return { id: 'schedules', level: 'warn', detail: listed(scheduleFaults), action: 'show-schedules' };
}

function listed(texts: readonly string[]): string {
  const named = texts.slice(0, namedAtMost).join('; ');
  return texts.length > namedAtMost ? `${named}; and ${texts.length - namedAtMost} more` : named;
}
