import type { PlannedRollup, RollupReport } from '#shared/domain/rollup';
import type { Stretch } from '#shared/domain/stretches';
import type { Timeframe } from '#shared/domain/timeframe';
import { WorkbenchError, type ErrorCode } from '#shared/errors';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { makeRollups, plannedRollups, type RollupParts } from './make-rollups.ts';
import { planRollups, type PlannedPeriod, type RollupScope } from './plan-rollups.ts';

export interface RollupRequest {
  /** Makes everything anew, also what is exact as far as the log knows. */
  readonly rebuild?: boolean | undefined;
}

export interface Rollups {
  /** What `refresh` would make with the same request. Writes nothing. */
  readonly plan: (request: RollupRequest) => readonly PlannedRollup[];
  readonly refresh: (
    request: RollupRequest,
    signal?: AbortSignal,
    onPeriod?: OnPeriod,
  ) => Promise<readonly RollupReport[]>;
  readonly refreshAround: RefreshAround;
}

/** Told of each period once its files are made. */
export type OnPeriod = (made: readonly RollupReport[]) => void;

/** Makes anew what is no longer exact in periods in which files were replaced. */
export type RefreshAround = (
  touched: readonly Stretch[],
  signal?: AbortSignal,
) => Promise<readonly RollupReport[]>;

/** For a store that keeps none. */
export const noRollups: RefreshAround = () => Promise.resolve([]);

/** Other failures leave out the files of one period; with these there is no going on. */
const endsAll = new Set<ErrorCode>(['cancelled', 'unexpected', 'store-read-only']);

/**
 * Keeps bars of long timeframes that were made of compacted files. They are a cache: what they do not say, or no longer
 * say, is made as it is asked for. One refresh runs at a time, and each looks at what is there by then.
 */
export function createRollups(
  parts: RollupParts,
  timeframesOf: (symbol: string) => readonly Timeframe[],
): Rollups {
  let last: Promise<unknown> = Promise.resolve();

  function plan(scope: RollupScope): PlannedPeriod[] {
    const { store, calendarOf } = parts;
    return planRollups({ files: store.catalog.files(), timeframesOf, calendarOf }, scope);
  }

  function refresh(
    scope: RollupScope,
    signal?: AbortSignal,
    onPeriod?: OnPeriod,
  ): Promise<readonly RollupReport[]> {
    if (parts.store.access === 'reader')
      throw new WorkbenchError('store-read-only', 'The store is open for reading only');
    const turn = last.then(() => run(scope, signal, onPeriod));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function run(
    scope: RollupScope,
    signal?: AbortSignal,
    onPeriod?: OnPeriod,
  ): Promise<readonly RollupReport[]> {
    const reports: RollupReport[] = [];
    for (const planned of plan(scope)) {
      if (signal?.aborted === true) throw new WorkbenchError('cancelled', 'The refresh was cancelled');
      const made = await make(planned, signal);
      reports.push(...made);
      onPeriod?.(made);
    }
    if (reports.length > 0) await moveToTrash(parts.store);
    return reports;
  }

  async function make(planned: PlannedPeriod, signal?: AbortSignal): Promise<readonly RollupReport[]> {
    try {
      return await makeRollups(parts, planned, signal);
    } catch (error) {
      if (!(error instanceof WorkbenchError) || endsAll.has(error.code)) throw error;
      // It may be the previous rollup that cannot be read, and nothing is lost with that.
      if (error.code === 'file-unreadable' && planned.outputs.some(({ previous }) => previous !== null))
        return make(withoutPrevious(planned), signal);
      return plannedRollups(planned).map((each) => ({
        ...each,
        output: null,
        bars: 0,
        sizeBytes: 0,
        failure: error.message,
      }));
    }
  }

  function withoutPrevious({ level, period, outputs }: PlannedPeriod): PlannedPeriod {
    const timeframes = new Set(outputs.map(({ timeframe }) => timeframe));
    const anew = plan({ rebuild: true }).find((each) => each.level === level && each.period === period);
    return {
      level,
      period,
      outputs: anew?.outputs.filter(({ timeframe }) => timeframes.has(timeframe)) ?? [],
      groups: anew?.groups ?? [],
    };
  }

  return {
    plan: ({ rebuild = false }) => plan({ rebuild }).flatMap(plannedRollups),
    refresh: ({ rebuild = false }, signal, onPeriod) => refresh({ rebuild }, signal, onPeriod),
    refreshAround: (touched, signal) => refresh({ rebuild: false, touched }, signal),
  };
}
