import type { DeepLink, ReadLink } from '#shared/domain/deep-link';
import type { ObjectState } from '#shared/domain/chart-object';
import type { Client } from '#shared/ipc';
import { epochMs } from '#shared/units';
import type { Target } from '../data/bar-window.ts';
import { nearestTimeframe } from '../data/timeframes.ts';
import { symbolIn } from './catalog-slice.ts';
import type { WorkbenchStore } from './store.ts';

/** What is asked of the store on the way. */
export interface HistoryReader {
  readonly objects: Pick<Client['objects'], 'history'>;
}

/** Takes the window to where a link leads, and says what of it is not in this store. False when it leads nowhere. */
export async function followLink(
  store: WorkbenchStore,
  client: HistoryReader,
  read: ReadLink,
): Promise<boolean> {
  const state = store.getState();
  const refuse = (text: string) => state.window.say({ tone: 'bad', text });
  if (!read.ok) {
    refuse(read.reason);
    return false;
  }
  const { symbol, timeframe, at, objectId } = read.link;
  const found = symbolIn(state.catalog, symbol);
  const shown = nearestTimeframe(found, timeframe ?? state.chart.key?.timeframe ?? null);
  if (found === null || shown === null) {
    refuse(`The link leads to ${symbol}, which is not in this store.`);
    return false;
  }
  // A link leads to what is known now.
  if (state.chart.asOf !== null) await state.replay.leave();
  const object = objectId === null ? null : await findObject(store, client, objectId);
  const isWrong = objectId !== null && object?.symbol !== symbol;
  if (isWrong) refuse(`The link names an object of ${symbol} that is not in this store.`);
  else if (timeframe !== null && timeframe !== shown) {
    refuse(`${symbol} has no bars of ${timeframe}; these are of ${shown}.`);
  }
  const middle = at ?? (object === null || isWrong ? null : epochMs(object.t_start));
  const target: Target = middle === null ? { kind: 'latest' } : { kind: 'around', at: middle };
  state.selection.hover(null);
  state.chart.open({ symbol, timeframe: shown }, target);
  if (isWrong || object === null) state.selection.select(null);
  else {
    state.selection.select(object);
    state.workspace.ask({ kind: 'show', panel: 'inspector' });
  }
  return true;
}

/** The same for a place that the window itself names, such as a row of a table. */
export function showPlace(store: WorkbenchStore, link: DeepLink): Promise<boolean> {
  const { readHistory } = store.getState().selection;
  return followLink(store, { objects: { history: readHistory } }, { ok: true, link });
}

/** The last known state of an object: from what is loaded, else from the store. Null when the store has none. */
export async function findObject(
  store: WorkbenchStore,
  client: HistoryReader,
  objectId: string,
): Promise<ObjectState | null> {
  const loaded = store.getState().chart.window?.objects.find(({ object_id }) => object_id === objectId);
  if (loaded !== undefined) return loaded;
  const history = await client.objects.history({ objectId }).catch(() => null);
  const { asOf } = store.getState().chart;
  return history?.events.findLast(({ event_ts }) => asOf === null || event_ts <= asOf) ?? null;
}
