import { parseTimeframe } from '#shared/domain/timeframe';
import type { WindowPurpose } from '#shared/domain/window-purpose';
import type { Client } from '#shared/ipc';
import { nearestTimeframe } from '../data/timeframes.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { importThese } from '../state/begin-import.ts';
import { countNewBars } from '../state/count-new-bars.ts';
import { followHealth } from '../state/follow-health.ts';
import { followJobs } from '../state/follow-jobs.ts';
import { findObject, followLink } from '../state/follow-link.ts';
import { keepExchangeZone } from '../state/keep-exchange-zone.ts';
import { keepResolution } from '../state/keep-resolution.ts';
import type { WorkbenchStore } from '../state/store.ts';
import { runById } from './all-commands.ts';
import { keepSaving } from './autosave.ts';
import { keepLayouts } from './keep-layouts.ts';
import { linkWindows } from './linked-windows.ts';
import { paintPicture } from './paint-picture.ts';
import { readWorkspace, type SavedWorkspace } from './saved-workspace.ts';

const usualPurpose: WindowPurpose = { panel: null, arrival: null, picture: null, focus: null };

/** Brings the window to where it was left, follows the store from then on, and saves what changes. */
export async function startWorkbench(store: WorkbenchStore, client: Client): Promise<void> {
  const state = store.getState;
  const restoring = client.workspace.load({}).catch(() => null);
  const asking = client.window.describe({}).catch(() => usualPurpose);
  const loading = state().catalog.load();
  const purpose = await asking;
  state().window.notePurpose(purpose);
  if (purpose.picture !== null) {
    await loading;
    await paintPicture(store, client, purpose.picture);
    return;
  }

  const saved = readWorkspace(await restoring);
  const { settings, layout = null, search, drafts, recentCommands } = saved;
  state().settings.change(settings);
  state().sql.noteRestored(saved.sql);
  state().workspace.noteRestored({ layout, search, drafts, recentCommands });
  // A panel that was just taken out of a window belongs to it.
  const isLinked =
    purpose.panel === null ? saved.isLinked === true : purpose.focus !== null || saved.isLinked !== false;
  state().window.setLinked(isLinked);
  state().replay.setSpeed(saved.replaySpeed);
  keepSaving(store, client, saved);
  void keepLayouts(store, client);
  keepResolution(store);
  keepExchangeZone(store);
  countNewBars(store, (question) => client.candles.viewport(question));
  await loading;
  const { arrival } = purpose;
  const isThere = arrival !== null && (await followLink(store, client, arrival));
  if (!isThere) await openWhereLeft(store, saved);
  followJobs(store, client);
  followHealth(store, client);
  const { summary } = state().catalog;
  if (purpose.panel === null && summary.phase === 'ready' && summary.value.readOnlyReason !== null) {
    state().window.say({ tone: 'bad', text: `${summary.value.readOnlyReason}.` });
  }
  client.store.changed(({ changes }) => {
    state().catalog.noteChange(
      Date.now(),
      changes.some(({ hasNewRows }) => hasNewRows),
    );
    state().chart.refreshFor(changes);
    state().comparison.refreshFor(changes);
    void state()
      .catalog.load()
      .then(() => {
        if (state().chart.key === null) openFirst(store, saved);
      });
  });
  client.window.navigated((link) => void followLink(store, client, link));
  client.window.commandAsked(({ command }) => runById(store, command));
  client.window.filesDropped(({ paths }) => importThese(store, paths));
  client.window.panelReturned(({ panel }) => state().workspace.ask({ kind: 'show', panel }));
  linkWindows(store, client, purpose.focus);
  if (arrival === null && saved.selected !== null) {
    state().selection.select(await findObject(store, client, saved.selected));
  }
}

/** Shows what was shown last, as it was known then if that is how it was left. */
async function openWhereLeft(store: WorkbenchStore, saved: SavedWorkspace): Promise<void> {
  const { chart } = store.getState();
  // First of all: nothing may show that was not known at that instant.
  if (saved.chart?.asOf != null) await chart.knowAsOf(saved.chart.asOf, { kind: 'keep' });
  openFirst(store, saved);
}

/** The series that was shown last, if it is still there; else the one the store names; else the first one. */
function openFirst(store: WorkbenchStore, { chart: saved }: SavedWorkspace): void {
  const { catalog, chart } = store.getState();
  if (catalog.symbols.phase !== 'ready') return;
  const home = catalog.summary.phase === 'ready' ? catalog.summary.value.home : null;
  const symbol =
    symbolIn(catalog, saved?.symbol ?? null) ??
    symbolIn(catalog, home?.symbol ?? null) ??
    catalog.symbols.value.find(({ timeframes }) => timeframes.length > 0) ??
    // Objects alone can be listed.
    catalog.symbols.value[0] ??
    null;
  const wanted = saved?.timeframe ?? (symbol?.symbol === home?.symbol ? home?.timeframe : null);
  const timeframe = nearestTimeframe(symbol, parseTimeframe(wanted ?? ''));
  if (symbol === null || timeframe === null) return;
  const isBack = saved !== null && saved.symbol === symbol.symbol && saved.timeframe === timeframe;
  const view = isBack && !saved.isFollowing ? saved.view : null;
  chart.open(
    { symbol: symbol.symbol, timeframe },
    view === null ? { kind: 'latest' } : { kind: 'range', from: view.from, until: view.until },
  );
}
