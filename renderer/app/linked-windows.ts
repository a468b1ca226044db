import type { SharedFocus } from '#shared/domain/window-purpose';
import { parseTimeframe, timeframeLength } from '#shared/domain/timeframe';
import type { Client } from '#shared/ipc';
import { epochMs } from '#shared/units';
import type { Target } from '../data/bar-window.ts';
import { nearestTimeframe } from '../data/timeframes.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import { findObject } from '../state/follow-link.ts';
import { focusOf, isSamePlace, isSameSubject } from '../state/shared-focus.ts';
import type { WorkbenchStore } from '../state/store.ts';

/** A chart that is dragged tells of where it is so often, not at every frame. */
const shareTime = 120;
/** Where a window comes to rest because another one moved is not told back: bars come, and edges settle on them. */
const settleTime = 700;
const startTime = 1_000;

/**
 * Keeps this window looking where the windows look that are linked with it, beginning at `first`, and tells them where
 * it looks. Hands back how to stop.
 */
export function linkWindows(store: WorkbenchStore, client: Client, first: SharedFocus | null): () => void {
  let known: SharedFocus | null = null;
  // What it opens on at the start is nothing that anybody chose just now.
  let settlesAt = performance.now() + startTime;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wasLinked = store.getState().window.isLinked;

  function share(): void {
    timer = null;
    const focus = focusOf(store.getState());
    const { isLinked } = store.getState().window;
    const isNew = isLinked && !wasLinked;
    wasLinked = isLinked;
    if (focus === null || !isLinked) return;
    const before = known;
    known = focus;
    const isOther = before !== null && !isSameSubject(before, focus);
    const isMoved = before !== null && !isSamePlace(before, focus) && performance.now() >= settlesAt;
    // Whoever is linked just now leads: the others come to where it is.
    if (isNew || isOther || isMoved) client.window.share(focus).catch(() => null);
  }

  function follow(focus: SharedFocus): void {
    const { window, chart } = store.getState();
    if (!window.isLinked) return;
    const own = focusOf(store.getState());
    known =
      window.paintChart === null
        ? focus
        : {
            ...focus,
            timeframe: chart.key?.timeframe ?? focus.timeframe,
            // Each chart has layers and filters of its own.
            shown: own?.shown ?? null,
          };
    settlesAt = performance.now() + settleTime;
    void takeOn(store, client, focus);
  }

  const unsubscribe = store.subscribe((state, before) => {
    const isSame =
      state.chart.view === before.chart.view &&
      state.chart.window === before.chart.window &&
      state.chart.key === before.chart.key &&
      state.selection.selected === before.selection.selected &&
      state.settings.layers === before.settings.layers &&
      state.settings.objectFilters === before.settings.objectFilters &&
      state.window.isLinked === before.window.isLinked;
    if (!isSame) timer ??= setTimeout(share, shareTime);
  });
  const stop = client.window.shared(follow);
  if (first !== null) follow(first);
  return () => {
    unsubscribe();
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/**
 * Looks at what another window looks at. A window with a chart keeps its timeframe and how much it shows, and lets the
 * right edges meet; one with a single panel of another kind shows just what the chart shows that it belongs to.
 */
async function takeOn(store: WorkbenchStore, client: Client, focus: SharedFocus): Promise<void> {
  const { chart, catalog, settings, window } = store.getState();
  const found = symbolIn(catalog, focus.symbol);
  const hasChart = window.paintChart !== null;
  const wanted = hasChart && chart.key !== null ? chart.key.timeframe : parseTimeframe(focus.timeframe);
  const timeframe = nearestTimeframe(found, wanted);
  if (found === null || timeframe === null) return;
  const key = { symbol: focus.symbol, timeframe };
  const isOther = chart.key?.symbol !== key.symbol || chart.key.timeframe !== timeframe;
  const { view, at, asOf } = focus;
  const bar = timeframeLength(timeframe);
  // First of all: nothing may show that the other window does not know yet.
  if (chart.asOf !== asOf) await chart.knowAsOf(asOf, { kind: 'keep' });
  if (!hasChart) {
    if (focus.shown !== null) {
      const { layers } = settings;
      settings.change({ layers: { ...layers, ...focus.shown.layers }, objectFilters: focus.shown.filters });
    }
    if (isOther) chart.open(key, view === null ? { kind: 'latest' } : { kind: 'range', ...view });
    if (view !== null) {
      const barsVisible = Math.max(1, (view.until - view.from) / bar);
      chart.look({ ...view, barsVisible }, focus.isFollowing);
    }
  } else {
    const target = at === null ? alignedTo(view, chart.view) : ({ kind: 'around', at: epochMs(at) } as const);
    if (isOther || isElsewhere(target, chart.view, bar)) chart.open(key, target);
  }
  await inspect(store, client, focus.objectId);
}

type Stretch = { readonly from: number; readonly until: number } | null;

/** What another window shows, over as much time as this one does. Where nothing is known of it, all stays. */
function alignedTo(view: Stretch, own: Stretch): Target {
  if (own === null) return view === null ? { kind: 'latest' } : { kind: 'range', ...view };
  if (view === null) return { kind: 'range', from: own.from, until: own.until };
  return { kind: 'range', from: view.until - (own.until - own.from), until: view.until };
}

function isElsewhere(target: Target, own: Stretch, bar: number): boolean {
  return own === null || target.kind !== 'range' || Math.abs(target.until - own.until) >= bar;
}

async function inspect(store: WorkbenchStore, client: Client, objectId: string | null): Promise<void> {
  const { selection } = store.getState();
  if ((selection.selected?.object_id ?? null) === objectId) return;
  selection.select(objectId === null ? null : await findObject(store, client, objectId));
}
