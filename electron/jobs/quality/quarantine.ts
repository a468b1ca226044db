import { counted } from '#shared/counted';
import type { CompactionReport } from '#shared/domain/compaction';
import { nameOfHold } from '#shared/domain/hold';
import {
  mostQuarantined,
  type QuarantinedBar,
  type QuarantinePlan,
  type QuarantineReport,
  type QuarantineRequest,
} from '#shared/domain/quality';
import { parseTimeframe, type Timeframe } from '#shared/domain/timeframe';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import { DAY } from '#shared/units';
import { candles } from '#schemas/datasets/candles';
import type { StoredRow } from '#schemas/define-dataset';
import { createHash } from 'node:crypto';
import type { Engine } from '../../engine/engine.ts';
import { readRowsBetween } from '../../engine/read-rows-between.ts';
import { writeRows } from '../../engine/write-rows.ts';
import { bySequence } from '../../storage/catalog.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { shapesOf, spanOf } from '../../storage/file-entry.ts';
import { periodOf, periodRange, quarantinePath } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably, publishFile } from '../../storage/publish-file.ts';
import type { KeepAverages } from '../keep-averages.ts';
import type { MergeParts } from '../merge-job.ts';
import type { JobContext, JobKind } from '../queue/job-kind.ts';
import { partitionName } from '../queue/job-partitions.ts';
import { newRowsPath, replaceWithFile } from '../replace-with-file.ts';
import { heldBy } from '../retention/held-by.ts';
import type { Holds } from '../retention/holds.ts';
import type { RefreshAround } from '../rollups/rollups.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';

export interface QuarantineParts {
  readonly merging: MergeParts;
  /** Runs beside viewports. */
  readonly engine: Engine;
  readonly holds: Pick<Holds, 'list'>;
  readonly refreshAround: RefreshAround;
  readonly keepAverages: KeepAverages;
}

/** It cannot simply be run again: what it took is gone from where its request looks for it. */
export type QuarantineKind = JobKind<QuarantineRequest, QuarantinePlan, QuarantineReport>;

/**
 * Takes bars out of the store. They are kept as lines of JSON first; then each day is replaced by what is left of it, and
 * the files as they were go to the trash. A run takes exactly what was planned, or nothing.
 */
export function createQuarantineKind(parts: QuarantineParts): QuarantineKind {
  const { store, clock, trashDays } = parts.merging;
  let count = 0;

  return {
    kind: 'quarantine',
    async plan(request) {
      const plan = await planNow(parts, request);
      if (request.digest !== undefined && request.digest !== plan.digest) throw outdated(plan);
      return plan;
    },
    title: ({ symbol, timeframe, bars, days }) =>
      `Quarantine ${counted(bars.length, 'bar')} of ${symbol} ${timeframe}, ${days.length === 1 ? String(days[0]) : counted(days.length, 'day')}`,
    partitionsOf: ({ timeframe, days }) => days.map((day) => partitionName(candles.name, timeframe, day)),
    async run(plan, context) {
      const { symbol, timeframe, bars, days, reason } = plan;
      const { jobId, log, progress, reportSoFar, signal } = context;
      progress({ rowsTotal: bars.length, filesTotal: days.length, doing: 'Keeping the rows' });
      const wanted = new Set(bars.map(({ ts }) => ts));
      const unlocks = yearsOf(days).map((day) =>
        parts.merging.locks.take({ dataset: candles, timeframe, period: day }),
      );
      try {
        const now = await planNow(parts, requestOf(plan));
        if (now.digest !== plan.digest) throw outdated(now);
        const file = quarantinePath(jobId);
        await wordingDiskErrors(() => keepRows(parts, plan, file));
        log(`${counted(bars.length, 'bar')} kept in ${file}: ${reason}.`);
        const reportOn = (taken: readonly string[]): QuarantineReport => {
          const count = bars.filter(({ ts }) => taken.includes(periodOf('day', ts))).length;
          return { symbol, timeframe, bars: count, days: taken, file, deadlineMs: clock() + trashDays * DAY };
        };
        for (const [index, day] of days.entries()) {
          signal.throwIfAborted();
          progress({ files: index, doing: `Writing candles ${timeframe} ${day} without them` });
          // Whatever comes from here on is kept as it comes.
          const upTo = await store.flushParts();
          const rows = await rowsOfDay(parts, symbol, timeframe, day);
          const left = rows.filter((row) => !wanted.has(Number(row[tsAt])));
          const replaced = await wordingDiskErrors(() =>
            replaceDay(parts, { symbol, timeframe, day, rows: left, upTo, count: ++count }, context),
          );
          log(`${replaced.output}: ${counted(left.length, 'row')} of ${symbol} still on ${day}.`);
          // What follows can be stopped, and the day is replaced all the same.
          reportSoFar(reportOn(days.slice(0, index + 1)));
          await parts.refreshAround([periodRange(day)], signal);
          await parts.keepAverages([replaced], true);
          progress({ files: index + 1, rows: bars.filter(({ ts }) => periodOf('day', ts) <= day).length });
        }
        return reportOn(days);
      } finally {
        for (const unlock of unlocks) unlock();
        // Also of a run that was stopped: the days that it has replaced are replaced.
        await moveToTrash(store);
      }
    },
  };
}

const columns = Object.keys(candles.columns);
const placeOf = (name: string) => columns.indexOf(name);
const tsAt = placeOf('ts');

async function planNow(parts: QuarantineParts, request: QuarantineRequest): Promise<QuarantinePlan> {
  const { symbol, from, until } = request;
  const timeframe = parseTimeframe(request.timeframe);
  if (timeframe === null)
    throw new WorkbenchError('argument-invalid', `timeframe: ${request.timeframe} is not one such as 5m`);
  const reason = request.reason.trim().replace(/\s+/g, ' ');
  if (reason === '') throw new WorkbenchError('argument-invalid', 'reason: is empty');
  if (until <= from) throw new WorkbenchError('argument-invalid', 'until: is not after from');
  const rows = await rowsBetween(parts, symbol, timeframe, { from, until });
  if (rows.length === 0)
    throw new WorkbenchError(
      'dataset-missing',
      `There are no ${timeframe} bars of ${symbol} from ${formatIsoUtc(from)} until ${formatIsoUtc(until)}`,
    );
  if (rows.length > mostQuarantined)
    throw new WorkbenchError(
      'argument-invalid',
      `until: these are ${counted(rows.length, 'bar')}, and at most ${mostQuarantined} can be quarantined at once`,
    );
  const bars = rows.map(barOf);
  const days = [...new Set(bars.map(({ ts }) => periodOf('day', ts)))];
  await refuseHeld(parts, symbol, timeframe, days);
  const digest = createHash('sha256')
    .update(JSON.stringify([symbol, timeframe, bars]))
    .digest('hex');
  return { symbol, timeframe, reason, bars, days, digest };
}

function requestOf({ symbol, timeframe, bars, reason }: QuarantinePlan): QuarantineRequest {
  const [first, last] = [bars[0]?.ts ?? 0, bars.at(-1)?.ts ?? 0];
  return { symbol, timeframe, from: first, until: last + 1, reason };
}

/** Bars each once, as readers see them, in order. */
async function rowsBetween(
  { merging: { store, root }, engine }: QuarantineParts,
  symbol: string,
  timeframe: Timeframe,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<readonly StoredRow[]> {
  if (store.access === 'owner') await store.flushParts();
  const release = store.pin();
  try {
    const files = [...store.catalog.files()]
      .filter((file) => {
        const span = spanOf(file, symbol);
        const isOwn = file.dataset === candles.name && file.timeframe === timeframe;
        return isOwn && span !== undefined && span.first < until && span.last >= from;
      })
      .sort(bySequence);
    const wanted = { root, paths: files.map(({ path }) => path), shapes: shapesOf(files) };
    const { value, unreadable } = await readRowsBetween(engine, wanted, candles, { symbol, from, until });
    const [bad] = unreadable;
    if (bad !== undefined)
      throw new WorkbenchError(
        'file-unreadable',
        `${bad.path} cannot be read (${bad.reason}): nothing was changed`,
      );
    const latest = new Map(value.map((row) => [Number(row[tsAt]), row]));
    return [...latest.values()].sort((a, b) => Number(a[tsAt]) - Number(b[tsAt]));
  } finally {
    release();
  }
}

function rowsOfDay(parts: QuarantineParts, symbol: string, timeframe: Timeframe, day: string) {
  return rowsBetween(parts, symbol, timeframe, periodRange(day));
}

/** A hold keeps rows where they are, whoever thinks ill of them. */
async function refuseHeld(
  { merging: { store }, holds }: QuarantineParts,
  symbol: string,
  timeframe: Timeframe,
  days: readonly string[],
): Promise<void> {
  const active = await holds.list();
  if (active.length === 0) return;
  for (const file of store.catalog.files()) {
    if (file.dataset !== candles.name || file.timeframe !== timeframe) continue;
    const span = spanOf(file, symbol);
    if (span === undefined) continue;
    const touches = days.some((day) => {
      const { from, until } = periodRange(day);
      return span.first < until && span.last >= from;
    });
    const hold = touches ? heldBy(active, file) : null;
    if (hold !== null) throw new WorkbenchError('held', `${file.path} is held: ${nameOfHold(hold)}`);
  }
}

async function keepRows(
  { merging: { store } }: QuarantineParts,
  plan: QuarantinePlan,
  path: string,
): Promise<void> {
  const { symbol, timeframe, reason, bars } = plan;
  const lines = bars.map((bar) => `${JSON.stringify({ symbol, timeframe, ...bar, reason })}\n`);
  await makeFolderDurably(store.fs, folderOf(path));
  await publishFile(store.fs, path, new TextEncoder().encode(lines.join('')));
}

interface DayLeft {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly day: string;
  readonly rows: readonly StoredRow[];
  readonly upTo: number;
  readonly count: number;
}

async function replaceDay(
  { merging, engine }: QuarantineParts,
  { symbol, timeframe, day, rows, upTo, count }: DayLeft,
  { signal }: JobContext,
): Promise<CompactionReport> {
  const { store, root } = merging;
  const path = newRowsPath(timeframe, `${day}.quarantine`, count);
  try {
    await makeFolderDurably(store.fs, folderOf(path));
    await writeRows(engine, candles, rows, `${root}/${path}`, {});
    const file = { timeframe, day, path, rows: rows.length, symbols: [symbol], upTo };
    return await replaceWithFile(merging, file, signal);
  } finally {
    await store.fs.remove(path).catch(() => undefined);
  }
}

/** A day of each year: the lock of a year holds all of it. */
function yearsOf(days: readonly string[]): readonly string[] {
  return days.filter((day, index) => index === 0 || day.slice(0, 4) !== days[index - 1]?.slice(0, 4));
}

function barOf(row: StoredRow): QuarantinedBar {
  const value = (name: string) => {
    const found = row[placeOf(name)];
    return typeof found === 'number' ? found : null;
  };
  return {
    ts: Number(row[tsAt]),
    ...{ open: value('open'), high: value('high'), low: value('low') },
    ...{ close: value('close'), volume: value('volume') },
  };
}

function outdated({ bars }: QuarantinePlan): WorkbenchError {
  return new WorkbenchError(
    'plan-outdated',
    `quarantine: the store has changed since the plan, which would now take ${counted(bars.length, 'bar')}; nothing was taken, look at it again`,
  );
}
