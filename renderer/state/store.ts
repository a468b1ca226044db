import type { Client, ViewportQuestion } from '#shared/ipc';
import type { DurationMs } from '#shared/units';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { leadInOf } from '../data/indicator-setting.ts';
import { coverageIn } from '../data/timeframes.ts';
import { catalogSlice, symbolIn, type CatalogSlice } from './catalog-slice.ts';
import { chartSlice, type ChartSlice } from './chart-slice.ts';
import { comparisonSlice, type ComparisonSlice } from './comparison-slice.ts';
import { exportsSlice, type ExportsSlice } from './exports-slice.ts';
import { importsSlice, type ImportsSlice } from './imports-slice.ts';
import { jobsSlice, type JobsSlice } from './jobs-slice.ts';
import { journalSlice, type JournalSlice } from './journal-slice.ts';
import { layoutsSlice, type LayoutsSlice } from './layouts-slice.ts';
import { liveSlice, type LiveSlice } from './live-slice.ts';
import { overlaySlice, type OverlaySlice } from './overlay-slice.ts';
import { qualitySlice, type QualitySlice } from './quality-slice.ts';
import { replaySlice, type ReplaySlice } from './replay-slice.ts';
import { selectionSlice, type SelectionSlice } from './selection-slice.ts';
import { settingsSlice, type SettingsSlice } from './settings-slice.ts';
import { upkeepSlice, type UpkeepSlice } from './upkeep-slice.ts';
import type { SqlSlice } from './sql/sql-state.ts';
import { sqlSlice } from './sql-slice.ts';
import { windowSlice, type WindowSlice } from './window-slice.ts';
import { workspaceSlice, type WorkspaceSlice } from './workspace-slice.ts';

/** Everything the renderer remembers. Each slice owns one key and writes only under it. */
export interface WorkbenchState {
  readonly catalog: CatalogSlice;
  readonly chart: ChartSlice;
  readonly comparison: ComparisonSlice;
  readonly exports: ExportsSlice;
  readonly imports: ImportsSlice;
  readonly jobs: JobsSlice;
  readonly journal: JournalSlice;
  readonly layouts: LayoutsSlice;
  readonly live: LiveSlice;
  readonly overlay: OverlaySlice;
  readonly quality: QualitySlice;
  readonly replay: ReplaySlice;
  readonly selection: SelectionSlice;
  readonly settings: SettingsSlice;
  readonly upkeep: UpkeepSlice;
  readonly sql: SqlSlice;
  readonly window: WindowSlice;
  readonly workspace: WorkspaceSlice;
}

export type WorkbenchStore = StoreApi<WorkbenchState>;

/**
 * The state of one window, empty: it asks main for nothing until something in it is called. `after` waits, and answers
 * how to stop waiting; a test hands in its own clock.
 */
export function createWorkbenchStore(
  client: Client,
  after: (delay: DurationMs, run: () => void) => () => void = afterDelay,
): WorkbenchStore {
  const store = createStore<WorkbenchState>()((set, get) => {
    const writerOf =
      <Key extends keyof WorkbenchState>(key: Key) =>
      (change: Partial<WorkbenchState[Key]>) =>
        set((state) => ({ [key]: { ...state[key], ...change } }));
    // All that is drawn comes through here, so that nothing of it is from after the instant that holds.
    const askKnown = (question: ViewportQuestion) => {
      const { asOf } = get().chart;
      return client.candles.viewport(asOf === null ? question : { ...question, asOf });
    };
    return {
      catalog: catalogSlice(client, writerOf('catalog'), () => get().catalog),
      chart: chartSlice(
        {
          client,
          ask: askKnown,
          after,
          coverageOf: ({ symbol, timeframe }) => coverageIn(symbolIn(get().catalog, symbol), timeframe),
        },
        writerOf('chart'),
        () => get().chart,
      ),
      comparison: comparisonSlice(askKnown, writerOf('comparison'), () => get().comparison),
      exports: exportsSlice(client, writerOf('exports')),
      imports: importsSlice(client),
      jobs: jobsSlice(client, after, writerOf('jobs'), () => get().jobs),
      journal: journalSlice(client),
      layouts: layoutsSlice(writerOf('layouts'), () => get().layouts),
      live: liveSlice(writerOf('live')),
      overlay: overlaySlice(writerOf('overlay'), () => get().overlay),
      quality: qualitySlice(client, writerOf('quality'), () => get().quality),
      replay: replaySlice(
        { client, after, chart: () => get().chart, catalog: () => get().catalog },
        writerOf('replay'),
        () => get().replay,
      ),
      selection: selectionSlice(client, writerOf('selection'), () => get().selection),
      settings: settingsSlice(writerOf('settings'), () => get().settings),
      upkeep: upkeepSlice(client, writerOf('upkeep'), () => get().upkeep),
      sql: sqlSlice(client, writerOf('sql'), () => get().sql),
      window: windowSlice(client, writerOf('window')),
      workspace: workspaceSlice(writerOf('workspace'), () => get().workspace),
    };
  });
  store.subscribe(loadWhatIsDrawn);
  return store;
}

/** Indicators need bars from before the window, and symbols that are compared are read for the same window. */
function loadWhatIsDrawn({ chart, comparison, settings }: WorkbenchState, before: WorkbenchState): void {
  if (settings.indicators !== before.settings.indicators) chart.setLeadIn(leadInOf(settings.indicators));
  if (chart.window !== before.chart.window || settings.compared !== before.settings.compared) {
    comparison.follow(
      chart.window,
      settings.compared.map(({ symbol }) => symbol),
    );
  }
}

function afterDelay(delay: DurationMs, run: () => void): () => void {
  const timer = setTimeout(run, delay);
  return () => clearTimeout(timer);
}
