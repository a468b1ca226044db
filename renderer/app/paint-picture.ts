import { counted } from '#shared/counted';
import { noBars, unpackBars } from '#shared/domain/candle';
import { parseTimeframe } from '#shared/domain/timeframe';
import type { PictureOrder } from '#shared/domain/window-purpose';
import type { Client } from '#shared/ipc';
import { epochMs } from '#shared/units';
import { ChartHost } from '../chart/chart-host.ts';
import { mostOnScreen } from '../chart/chart-view.ts';
import { captionHeight } from '../chart/compose-picture.ts';
import type { BarWindow } from '../data/bar-window.ts';
import { pictureCaption } from '../data/picture-caption.ts';
import { problemOf } from '../data/problem.ts';
import { formatCount } from '../format/count.ts';
import { symbolIn } from '../state/catalog-slice.ts';
import type { WorkbenchStore } from '../state/store.ts';
import { pngOf } from '../state/share-commands.ts';
import styles from './paint-picture.module.css';

/** Paints the picture that this page was started for, and hands it over; or says why there is none. */
export async function paintPicture(
  store: WorkbenchStore,
  client: Client,
  order: PictureOrder,
): Promise<void> {
  const finished = await paint(store, client, order).catch((error: unknown) => ({
    problem: problemOf(error).message,
  }));
  await client.window.finishPicture(finished);
}

async function paint(store: WorkbenchStore, client: Client, order: PictureOrder) {
  const { catalog, settings } = store.getState();
  if (catalog.summary.phase !== 'ready') throw new Error('The store could not be read');
  const { name, isDemo } = catalog.summary.value;
  const { theme, zone } = order;
  settings.change({ theme, zone });
  await twoFrames();
  const window = await windowOf(client, order);
  const most = Math.min(mostOnScreen, innerWidth * 2);
  const bars = window.bars.ts.length;
  if (bars > most) {
    throw new Error(
      `${counted(bars, 'bar does', 'bars do')} not fit a picture ${innerWidth} pixels wide, which has room for ${formatCount(most)}`,
    );
  }
  const caption = pictureCaption({ window, view: null, zone, store: name, isDemo, drawn: [], asOf: null });
  const host = await chartOf(store, window);
  return { png: await pngOf(host.paint(caption)), bars, objects: window.objects.length };
}

async function windowOf(client: Client, order: PictureOrder): Promise<BarWindow> {
  const { symbol, from, until } = order;
  const timeframe = parseTimeframe(order.timeframe);
  if (timeframe === null) throw new Error(`${order.timeframe} is not a timeframe`);
  const answer = await client.candles.viewport({ symbol, timeframe, from, until });
  const bars = unpackBars(answer.bars);
  const [first, last] = [bars.ts[0], bars.ts[bars.ts.length - 1]];
  if (first === undefined || last === undefined) throw new Error(`${symbol} has no ${timeframe} bars there`);
  return {
    key: { symbol, timeframe },
    bars,
    leadIn: noBars,
    objects: answer.objects,
    covered: { from: epochMs(from), until: epochMs(until) },
    extent: answer.extent,
    source: answer.source,
    served: answer.served,
    unreadable: answer.unreadable,
    sequence: answer.sequence,
    asOf: null,
    placement: { kind: 'range', from: first, until: last },
  };
}

/** A chart over the whole page but for the room that the caption takes, once it has drawn. */
async function chartOf(store: WorkbenchStore, window: BarWindow): Promise<ChartHost> {
  const container = document.createElement('div');
  container.className = styles.chart ?? '';
  container.style.height = `${innerHeight - captionHeight}px`;
  document.body.append(container);
  const nothing = () => undefined;
  const { settings, catalog } = store.getState();
  const calendar = symbolIn(catalog, window.key.symbol)?.calendar ?? null;
  const host = new ChartHost(
    container,
    { ...settings, calendar },
    {
      onView: nothing,
      onCursor: nothing,
      onHover: nothing,
      onBreak: nothing,
      onPick: nothing,
      onCounts: nothing,
      onScreenBars: nothing,
      onShown: nothing,
      onPanes: nothing,
      onPaneShares: nothing,
    },
  );
  // The chart takes on its size a frame after it was made, and places bars by it.
  await twoFrames();
  host.setWindow(window);
  await document.fonts.ready;
  await twoFrames();
  return host;
}

function twoFrames(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
