import type { Client } from '#shared/ipc';
import { problemOf } from '../data/problem.ts';
import type { WorkbenchState, WorkbenchStore } from '../state/store.ts';
import { plainSettings } from '../state/settings-slice.ts';
import { sqlToSave } from './saved-sql.ts';
import type { SavedWorkspace } from './saved-workspace.ts';

const quietMs = 400;
/** Whoever goes on typing or panning does not keep it from being saved. */
const mostMs = 2_000;

/**
 * Saves the workspace whenever it has changed and then been left alone for a moment. Hands back how to stop.
 *
 * Until the chart shows something, the place that was `restored` stays the one to come back to.
 */
export function keepSaving(store: WorkbenchStore, client: Client, restored: SavedWorkspace): () => void {
  let saved = textOf(store.getState(), restored);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let changedAt: number | null = null;

  async function save(): Promise<void> {
    timer = null;
    changedAt = null;
    const text = textOf(store.getState(), restored);
    if (text === saved) return;
    saved = text;
    const problem = await client.workspace.save({ text }).then(
      () => null,
      (error: unknown) => problemOf(error).message,
    );
    store.getState().workspace.noteSave(problem);
  }

  const unsubscribe = store.subscribe(
    ({ chart, replay, selection, settings, sql, window, workspace }, before) => {
      const isSame =
        chart.key === before.chart.key &&
        chart.view === before.chart.view &&
        chart.asOf === before.chart.asOf &&
        replay.speed === before.replay.speed &&
        settings === before.settings &&
        selection.selected === before.selection.selected &&
        sql.tabs === before.sql.tabs &&
        sql.active === before.sql.active &&
        sql.history === before.sql.history &&
        sql.maxRows === before.sql.maxRows &&
        sql.editorShare === before.sql.editorShare &&
        window.isLinked === before.window.isLinked &&
        workspace.layout === before.workspace.layout &&
        workspace.search === before.workspace.search &&
        workspace.drafts === before.workspace.drafts &&
        workspace.recentCommands === before.workspace.recentCommands;
      if (isSame) return;
      if (timer !== null) clearTimeout(timer);
      const now = performance.now();
      changedAt ??= now;
      timer = setTimeout(() => void save(), Math.max(0, Math.min(quietMs, changedAt + mostMs - now)));
    },
  );
  return () => {
    unsubscribe();
    if (timer !== null) clearTimeout(timer);
  };
}

function textOf(state: WorkbenchState, restored: SavedWorkspace): string {
  const { chart, replay, selection, settings, sql, window, workspace } = state;
  const saved: SavedWorkspace = {
    settings: plainSettings(settings),
    chart: placeOf(chart, restored.chart),
    replaySpeed: replay.speed,
    selected: selection.selected?.object_id ?? null,
    isLinked: window.isLinked,
    search: workspace.search,
    drafts: workspace.drafts,
    recentCommands: workspace.recentCommands,
    sql: sqlToSave(sql),
    layout: workspace.layout,
  };
  return JSON.stringify(saved);
}

function placeOf(
  { key, view, isFollowing, asOf }: WorkbenchState['chart'],
  restored: SavedWorkspace['chart'],
): SavedWorkspace['chart'] {
  const isStill =
    restored !== null && key?.symbol === restored.symbol && key.timeframe === restored.timeframe;
  if (key === null || (view === null && isStill)) return restored;
  return { ...key, view: view === null ? null : { from: view.from, until: view.until }, isFollowing, asOf };
}
