import { shortcut } from '../../data/shortcut.ts';
import {
  blankExportForm,
  exportDraft,
  exportTime,
  readExportForm,
  writeExportForm,
} from '../../data/export-form.ts';
import { hasChart, isWorkbench, type Command } from './command.ts';
import type { WorkbenchState, WorkbenchStore } from '../store.ts';

const canExport = (state: WorkbenchState) => hasChart(state) && isWorkbench(state);

/** Fills the form of an export with the bars that are on the screen, and shows it. */
export const exportShown: Command = {
  id: 'share.export-shown',
  title: 'Export what is shown…',
  section: 'Share',
  words: 'csv parquet excel lean save data download',
  shortcuts: [shortcut('Alt+E')],
  isEnabled: canExport,
  run: (store) => {
    const { view } = store.getState().chart;
    if (view !== null) exportBetween(store, Math.round(view.from), Math.round(view.until));
  },
};

/** The same for all bars that the chart has loaded, which are those of the table. */
export const exportLoaded: Command = {
  id: 'share.export-loaded',
  title: 'Export the bars of the table…',
  section: 'Share',
  words: 'csv parquet excel lean save data download',
  isEnabled: canExport,
  run: (store) => {
    const ts = store.getState().chart.window?.bars.ts;
    const [first, last] = [ts?.[0], ts?.[ts.length - 1]];
    if (first !== undefined && last !== undefined) exportBetween(store, first, last + 1);
  },
};

export const exportCommands: readonly Command[] = [exportShown, exportLoaded];

/**
 * Fills the form of an export with the bars of the chart's series that open in [from, until), ms UTC, and shows it. What
 * is chosen of profile and place stays as it is.
 */
export function exportBetween(store: WorkbenchStore, from: number, until: number): void {
  const { chart, settings, workspace } = store.getState();
  if (chart.key === null) return;
  const kept = readExportForm(workspace.drafts[exportDraft] ?? '');
  const form = {
    ...kept,
    datasets: blankExportForm.datasets,
    symbols: chart.key.symbol,
    timeframe: chart.key.timeframe,
    from: exportTime(from, settings.zone),
    // A chart that shows the past as it was known shows nothing later.
    until: exportTime(chart.asOf === null ? until : Math.min(until, chart.asOf), settings.zone),
  };
  workspace.setDraft(exportDraft, writeExportForm(form));
  workspace.ask({ kind: 'show', panel: 'exports' });
}
