import { exportProfiles } from '#schemas/index';
import { noBars, packBars, sliceBars, type Bars } from '#shared/domain/candle';
import type { ObjectEvent } from '#shared/domain/chart-object';
import type { CompactionOverview, PlannedMerge } from '#shared/domain/compaction';
import type { HealthReport } from '#shared/domain/health';
import type { JournalDataset, JournalRow } from '#shared/domain/journal';
import type { JobDetails, JobSummary } from '#shared/domain/job';
import type { StorageSummary } from '#shared/domain/storage';
import type { ListedSchedule } from '#shared/domain/schedule';
import type { CalendarId } from '#shared/domain/session-calendar';
import type { StoreSettings } from '#shared/domain/store-settings';
import type { StoreSummary, SymbolSummary } from '#shared/domain/store-summary';
import { parseTimeframe, timeframeLength, type Timeframe } from '#shared/domain/timeframe';
import type { ViewportAnswer } from '#shared/domain/viewport';
import { isZone } from '#shared/domain/zone-offsets';
import { WorkbenchError } from '#shared/errors';
import type { SharedFocus, WindowPurpose } from '#shared/domain/window-purpose';
import type { Bridge, CallArgs, CompactionRequest, Contract, ViewportQuestion } from '#shared/ipc';
import { resampleBars, utcBuckets } from '#shared/math/resample';
import { epochMs } from '#shared/units';
import { retentionSettings } from '#schemas/documents/retention-settings';
import { storeSettings } from '#schemas/documents/store-document';
import { changedSettings, changeSettings } from '../../electron/documents/change-settings.ts';
import { storedFile } from '../../electron/queries/list-files.ts';
import { judgeGrowth } from '../../electron/queries/storage/growth.ts';
import { sizeMap } from '../../electron/queries/storage/size-map.ts';
import type { FileEntry } from '../../electron/storage/file-entry.ts';
import { dispatch } from '../../electron/ipc/dispatch.ts';

export interface FakeSeries {
  readonly symbol: string;
  readonly bars: ReadonlyMap<Timeframe, Bars>;
}

export interface FakeStoreParts {
  readonly series?: readonly FakeSeries[];
  readonly events?: readonly ObjectEvent[];
  readonly workspace?: string | null;
  readonly layouts?: string | null;
  readonly summary?: Partial<StoreSummary>;
  readonly purpose?: Partial<WindowPurpose>;
  /** Newest first. */
  readonly journal?: Partial<Record<JournalDataset, readonly JournalRow[]>>;
  /** Newest first. */
  readonly jobs?: readonly JobDetails[];
  readonly compaction?: FakeCompaction;
  readonly health?: HealthReport;
  /** Of symbols that the settings name none for; `us-equity` unless said. */
  readonly calendar?: CalendarId;
  /** What is in files. */
  readonly storedFiles?: readonly FileEntry[];
}

/** What is loose, and what becomes of a request. */
export interface FakeCompaction {
  readonly overview: CompactionOverview;
  readonly plan: (request: CompactionRequest) => readonly PlannedMerge[];
  readonly start: (request: CompactionRequest) => JobSummary;
}

export interface FakeStore {
  readonly bridge: Bridge;
  /** Every viewport that was asked for, in order. */
  readonly questions: ViewportQuestion[];
  /** What the window saved, newest last. */
  readonly saves: string[];
  /** Layouts as the window saved them, newest last. */
  readonly layoutSaves: string[];
  /** Windows that were asked for. */
  readonly windows: CallArgs<Contract['window']['open']>[];
  /** What was told to other windows. */
  readonly shared: SharedFocus[];
  /** Jobs that were told to stop. */
  readonly cancelled: string[];
  readonly paints: { bars: number; objects: number; elapsedMs: number }[];
  /** Tells the window that something was committed. */
  readonly emit: (channel: string, payload: unknown) => void;
  /** What the next look at the health finds. */
  readonly setHealth: (health: HealthReport) => void;
  /** From here on every call fails with this; null heals it. */
  readonly failWith: (error: WorkbenchError | null) => void;
}

/** A store in memory that speaks the contract, arguments checked as in the real one. For the renderer alone. */
export function fakeStore({
  series = [],
  events = [],
  workspace = null,
  layouts = null,
  summary = {},
  purpose = {},
  jobs = [],
  journal = {},
  compaction = nothingLoose,
  health = { level: 'ok', atMs: 0, checks: [] },
  storedFiles = [],
  calendar = 'us-equity',
}: FakeStoreParts = {}): FakeStore {
  const questions: ViewportQuestion[] = [];
  const saves: string[] = [];
  const layoutSaves: string[] = [];
  const paints: FakeStore['paints'] = [];
  const windows: FakeStore['windows'] = [];
  const shared: FakeStore['shared'] = [];
  const cancelled: string[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let failure: WorkbenchError | null = null;
  let settings: StoreSettings = storeSettings.parse({});
  let schedules: readonly ListedSchedule[] = [];
  const answer = <T>(value: () => T): Promise<T> =>
    failure === null ? Promise.resolve().then(value) : Promise.reject(failure);

  const handlers = {
    store: { describe: () => answer(() => ({ ...emptySummary, ...summary })) },
    symbols: {
      list: () =>
        answer(() =>
          series.map((each) => symbolSummary(each, events, settings.calendars[each.symbol] ?? calendar)),
        ),
      asOf: ({ at }: { at: number }) =>
        answer(() =>
          series.flatMap(({ symbol, bars }) => {
            const closed = [...bars].flatMap(([timeframe, { ts }]) =>
              [...ts].filter((open) => open + timeframeLength(timeframe) <= at),
            );
            return closed.length === 0 ? [] : [{ symbol, last: epochMs(Math.max(...closed)) }];
          }),
        ),
    },
    candles: {
      viewport: (question: ViewportQuestion) => {
        questions.push(question);
        return answer(() => viewport(series, events, question));
      },
    },
    objects: {
      history: ({ objectId }: { objectId: string }) =>
        answer(() => ({
          events: events.filter(({ object_id }) => object_id === objectId),
          unreadable: [],
        })),
      nextEvent: ({ symbol, at, direction }: { symbol: string; at: number; direction: string }) =>
        answer(() => {
          const times = events.filter((event) => event.symbol === symbol).map(({ event_ts }) => event_ts);
          const found =
            direction === 'next'
              ? Math.min(...times.filter((time) => time > at))
              : Math.max(...times.filter((time) => time < at));
          return Number.isFinite(found) ? found : null;
        }),
    },
    journal: {
      list: ({ dataset, symbol, until = Infinity, limit }: CallArgs<Contract['journal']['list']>) =>
        answer(() => {
          const found = (journal[dataset] ?? []).filter(
            (row) => row['symbol'] === symbol && Number(row['ts']) < until,
          );
          return { rows: found.slice(0, limit), hasMore: found.length > limit, unreadable: [] };
        }),
    },
    compaction: {
      overview: () => answer(() => compaction.overview),
      plan: (request: CompactionRequest) => answer(() => compaction.plan(request)),
      start: (request: CompactionRequest) => answer(() => compaction.start(request)),
    },
    jobs: {
      list: () => answer(() => ({ jobs: jobs.map(({ job }) => job), unreadable: [] })),
      show: ({ id }: { id: string }) =>
        answer(() => {
          const found = jobs.find(({ job }) => job.id === id);
          if (found === undefined) throw new WorkbenchError('argument-invalid', `id: there is no job ${id}`);
          return found;
        }),
      cancel: ({ id }: { id: string }) =>
        answer(() => {
          cancelled.push(id);
          return { ...jobs.find(({ job }) => job.id === id)?.job, isCancelling: true };
        }),
    },
    retention: {
      settings: () => answer(() => retentionSettings.parse({})),
    },
    schedules: {
      list: () => answer(() => ({ schedules, isKept: true })),
      preview: ({ cron, zone }: { cron: string; zone: string }) =>
        answer(() => {
          if (!isZone(zone)) throw new WorkbenchError('argument-invalid', `zone: ${zone} is no zone`);
          if (cron.startsWith('0 0 30 2'))
            throw new WorkbenchError('argument-invalid', `cron: ${cron} never fires`);
          return [1, 2, 3, 4, 5].map((day) => Date.UTC(2026, 0, day, 3, 30));
        }),
      save: ({ id, schedule }: CallArgs<Contract['schedules']['save']>) =>
        answer(() => {
          const saved: ListedSchedule = {
            ...{ createdMs: 0, handledMs: 0, lastRun: null, lastMissed: null },
            ...{ nextMs: [], lastState: null, fault: null },
            ...schedules.find((each) => each.id === id),
            ...schedule,
            id: id ?? `schedule-${schedules.length + 1}`,
          };
          schedules = [...schedules.filter((each) => each.id !== id), saved];
          return saved;
        }),
      remove: ({ id }: { id: string }) =>
        answer(() => {
          schedules = schedules.filter((each) => each.id !== id);
          return null;
        }),
    },
    holds: { list: () => answer(() => []) },
    trash: { list: () => answer(() => []) },
    audit: { list: () => answer(() => ({ entries: [], more: 0, unreadable: [] })) },
    storage: {
      summary: () => answer(() => emptyStorage),
      map: ({ path }: { path: readonly string[] }) => answer(() => sizeMap(storedFiles, path)),
      files: () =>
        answer(() => ({ files: storedFiles.map((file) => storedFile(file)), total: emptyStorage })),
    },
    health: { check: () => answer(() => health) },
    settings: {
      read: () => answer(() => settings),
      change: ({ change }: { change: Record<string, unknown> }) =>
        answer(() => {
          const before = settings;
          settings = changeSettings(before, change);
          return { settings, changed: changedSettings(before, settings) };
        }),
    },
    exports: {
      profiles: () =>
        answer(() => ({
          profiles: exportProfiles.map((profile) => ({ profile, isBuiltIn: true })),
          faults: [],
        })),
    },
    workspace: {
      load: () => answer(() => workspace),
      save: ({ text }: { text: string }) => {
        saves.push(text);
        return answer(() => null);
      },
    },
    layouts: {
      load: () => answer(() => layouts),
      save: ({ text }: { text: string }) => {
        layoutSaves.push(text);
        return answer(() => null);
      },
    },
    window: {
      describe: () => answer(() => ({ panel: null, arrival: null, picture: null, focus: null, ...purpose })),
      open: (wanted: FakeStore['windows'][number]) => {
        windows.push(wanted);
        return answer(() => null);
      },
      share: (focus: SharedFocus) => {
        shared.push(focus);
        return answer(() => null);
      },
      saveImage: () => answer(() => null),
      saveText: () => answer(() => null),
      copyImage: () => answer(() => null),
      choosePlace: () => answer(() => ({ path: '/out/chosen' })),
      chooseImports: () => answer(() => ({ paths: ['/in/SPY-1m.csv'] })),
      painted: (painted: FakeStore['paints'][number]) => {
        paints.push(painted);
        return answer(() => null);
      },
    },
  };

  return {
    questions,
    saves,
    layoutSaves,
    windows,
    shared,
    cancelled,
    paints,
    bridge: {
      call: async (channel, args) =>
        structuredClone(await dispatch(handlers as never, channel, structuredClone(args))),
      subscribe: (channel, listener) => {
        const set = listeners.get(channel) ?? new Set();
        listeners.set(channel, set.add(listener));
        return () => set.delete(listener);
      },
    },
    emit: (channel, payload) => listeners.get(channel)?.forEach((listener) => listener(payload)),
    setHealth: (found) => {
      health = found;
    },
    failWith: (error) => {
      failure = error;
    },
  };
}

const nothingLoose: FakeCompaction = {
  overview: { calendar: 'crypto', lastTradingDay: '2026-01-02', partitions: [] },
  plan: () => [],
  start: () => {
    throw new WorkbenchError('argument-invalid', 'there is nothing to merge');
  },
};

const emptyStorage: StorageSummary = {
  ...{ files: 0, rows: 0, sizeBytes: 0, atMs: 0, logBytes: 0, freeBytes: null, compressionRatio: null },
  trash: { files: 0, rows: 0, sizeBytes: 0 },
  ...{ tiers: [], datasets: [], timeframes: [], symbols: [] },
  growth: judgeGrowth([], 0, null),
};

const emptySummary: StoreSummary = {
  id: 'fake',
  folder: '/fake',
  name: 'fake',
  isDemo: false,
  access: 'owner',
  readOnlyReason: null,
  zone: 'UTC',
  home: null,
  formatVersion: 1,
  appVersion: '0.0.0',
  sequence: 1,
  sizeBytes: 0,
  fileCount: 0,
  backlog: null,
  warnings: [],
};

function symbolSummary(
  { symbol, bars }: FakeSeries,
  events: readonly ObjectEvent[],
  calendar: CalendarId,
): SymbolSummary {
  return {
    symbol,
    timeframes: [...bars].map(([timeframe, { ts }]) => ({
      timeframe,
      first: epochMs(ts[0] ?? 0),
      last: epochMs(ts[ts.length - 1] ?? 0),
      bars: ts.length,
    })),
    calendar,
    objectEvents: events.filter((event) => event.symbol === symbol).length,
  };
}

function viewport(
  series: readonly FakeSeries[],
  events: readonly ObjectEvent[],
  { symbol, timeframe: asked, from, until, asOf = Infinity, maxBars = Infinity }: ViewportQuestion,
): ViewportAnswer {
  const timeframe = parseTimeframe(asked);
  const stored = series.find((each) => each.symbol === symbol)?.bars ?? new Map<Timeframe, Bars>();
  if (timeframe === null) throw new WorkbenchError('argument-invalid', `Not a timeframe: ${asked}`);
  const source =
    [...stored.keys()].find((each) => each === timeframe) ??
    [...stored.keys()].find((each) => timeframeLength(timeframe) % timeframeLength(each) === 0) ??
    timeframe;
  const base = stored.get(source) ?? noBars;
  const all = source === timeframe ? base : resampleBars(base, utcBuckets(timeframeLength(timeframe)));
  const within = sliceBars(all, from, Math.min(until, asOf - timeframeLength(timeframe) + 1));
  const kept =
    within.ts.length > maxBars
      ? sliceBars(all, within.ts[within.ts.length - maxBars] ?? from, until)
      : within;
  return {
    bars: packBars(kept),
    objects: lastStates(events.filter((event) => event.symbol === symbol && event.event_ts <= asOf)).filter(
      ({ t_start, t_end }) => t_start < until && (t_end === null || t_end >= from),
    ),
    resolution: timeframe,
    source,
    priceBand: null,
    extent: all.ts.length === 0 ? null : { first: all.ts[0] ?? 0, last: all.ts[all.ts.length - 1] ?? 0 },
    served: { parts: 0, days: 1, months: 0, years: 0, rollups: 0, tailRows: 0 },
    unreadable: [],
    sequence: 1,
  };
}

function lastStates(events: readonly ObjectEvent[]): readonly ObjectEvent[] {
  const states = new Map<string, ObjectEvent>();
  for (const event of events) states.set(event.object_id, event);
  return [...states.values()];
}
