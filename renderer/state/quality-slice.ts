import type { SeriesQuality } from '#shared/domain/quality';
import type { QualityOverview } from '#shared/domain/quality-overview';
import type { Client } from '#shared/ipc';
import type { SeriesKey } from '../data/bar-window.ts';
import { problemOf, settle, type Loadable, type Problem } from '../data/problem.ts';

/** How good the bars of the series are that was last asked about. */
export interface QualitySlice {
  /** What `answer` is about; null until something was asked. */
  readonly series: SeriesKey | null;
  /** What is shown stays until there is newer of the same series. */
  readonly answer: Loadable<SeriesQuality>;
  readonly isLooking: boolean;
  /** When the answer came, ms; null until one did. */
  readonly answeredAt: number | null;
  /** How good all series are, and the job that found it out. */
  readonly overview: Loadable<QualityOverview>;
  readonly overviewJob: string | null;
  readonly calls: Client['quality'];
  /** Looks at the bars, also again; what was asked before is cancelled. */
  readonly assess: (series: SeriesKey) => Promise<void>;
  readonly cancel: () => Promise<void>;
  /** Reads what a job found out about all series. */
  readonly loadOverview: (job: string) => Promise<void>;
  /** Changes what is expected and looks again; answers why it could not, or null. */
  readonly change: (act: (calls: Client['quality']) => Promise<unknown>) => Promise<Problem | null>;
}

/** Of this window: what it asks about cancels only what it asked before. */
const ticket = `panel-${Math.random().toString(36).slice(2)}`;

/**
 * Has asked nothing until `assess`. What fails is shown, or answered as a problem; `cancel` and `calls` reject with a
 * `WorkbenchError`.
 */
export function qualitySlice(
  client: Client,
  set: (change: Partial<QualitySlice>) => void,
  get: () => QualitySlice,
): QualitySlice {
  let latest = 0;

  async function assess(series: SeriesKey): Promise<void> {
    const question = ++latest;
    const before = get().series;
    const isSame = before?.symbol === series.symbol && before.timeframe === series.timeframe;
    set({ series, isLooking: true, ...(isSame ? {} : { answer: { phase: 'loading' } }) });
    try {
      const { symbol, timeframe } = series;
      const value = await client.quality.assess({ symbol, timeframe, ticket });
      if (question === latest) set({ answer: { phase: 'ready', value }, answeredAt: Date.now() });
    } catch (error) {
      const problem = problemOf(error);
      if (question === latest) set({ answer: { phase: 'failed', problem } });
    } finally {
      if (question === latest) set({ isLooking: false });
    }
  }

  return {
    series: null,
    answer: { phase: 'idle' },
    isLooking: false,
    answeredAt: null,
    overview: { phase: 'idle' },
    overviewJob: null,
    calls: client.quality,
    assess,
    cancel: async () => {
      await client.quality.cancel({ ticket });
    },
    async loadOverview(job) {
      const isFirst = get().overviewJob === null;
      set({ overviewJob: job, ...(isFirst ? { overview: { phase: 'loading' } } : {}) });
      const overview = await settle(
        client.jobs.show({ id: job }).then(({ job: { report } }) => report as QualityOverview),
      );
      if (get().overviewJob === job) set({ overview });
    },
    async change(act) {
      try {
        await act(client.quality);
      } catch (error) {
        return problemOf(error);
      }
      const { series } = get();
      if (series !== null) await assess(series);
      return null;
    },
  };
}
