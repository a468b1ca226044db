import { formatDeepLink } from '#shared/domain/deep-link';
import type { ObjectState } from '#shared/domain/chart-object';
import { parseTimeframe } from '#shared/domain/timeframe';
import { epochMs } from '#shared/units';
import { indicatorName } from '../data/indicator-setting.ts';
import { pictureCaption, type PictureCaption } from '../data/picture-caption.ts';
import { problemOf } from '../data/problem.ts';
import { copyText } from '../ui/copy-text.ts';
import { focusOf } from './shared-focus.ts';
import type { WorkbenchState, WorkbenchStore } from './store.ts';

/** A link to what the chart shows: the series, the middle of the screen, and the object that is inspected. */
export function linkToChart({ chart, selection }: WorkbenchState): string | null {
  const { key, view } = chart;
  if (key === null) return null;
  const { selected } = selection;
  return formatDeepLink({
    ...key,
    at: view === null ? null : epochMs(Math.round((view.from + view.until) / 2)),
    objectId: selected?.symbol === key.symbol ? selected.object_id : null,
  });
}

/** A link to where an object begins, on bars of its own length. */
export function linkToObject({ symbol, timeframe, t_start, object_id }: ObjectState): string {
  const isPlaced = Number.isSafeInteger(t_start) && Math.abs(t_start) < 8.64e15;
  return formatDeepLink({
    symbol,
    timeframe: parseTimeframe(timeframe),
    at: isPlaced ? epochMs(t_start) : null,
    objectId: object_id,
  });
}

/** Puts a link to what the chart shows on the clipboard, and says how that went. */
export async function copyChartLink(store: WorkbenchStore): Promise<void> {
  const { say } = store.getState().window;
  const link = linkToChart(store.getState());
  if (link === null) say({ tone: 'bad', text: 'There is no chart to link to' });
  else if (await copyText(link)) say({ tone: 'good', text: `Copied ${link}` });
  else say({ tone: 'bad', text: 'The clipboard could not be written' });
}

/** Asks for a store, or an empty folder to begin one in, and shows it in this window. */
export async function openAnotherStore(store: WorkbenchStore): Promise<void> {
  const { main, say } = store.getState().window;
  await main.openStore({}).catch((error: unknown) => {
    say({ tone: 'bad', text: `No store was opened: ${problemOf(error).message}` });
  });
}

/** Shows the files of the store where the system shows files. */
export async function showStoreFolder(store: WorkbenchStore): Promise<void> {
  const { main, say } = store.getState().window;
  await main.showStoreFolder({}).catch((error: unknown) => {
    say({ tone: 'bad', text: `The folder was not shown: ${problemOf(error).message}` });
  });
}

/** The words under a picture of the chart as it is now; null while there is no chart. */
export function captionNow({ chart, catalog, settings }: WorkbenchState): PictureCaption | null {
  if (chart.window === null) return null;
  const summary = catalog.summary.phase === 'ready' ? catalog.summary.value : null;
  return pictureCaption({
    window: chart.window,
    view: chart.view,
    zone: settings.zone,
    store: summary?.name ?? '',
    isDemo: summary?.isDemo ?? false,
    drawn: [
      ...settings.indicators
        .filter(({ isHidden }) => !isHidden)
        .map(({ indicator }) => indicatorName(indicator)),
      ...settings.compared.map(({ symbol }) => `against ${symbol}`),
    ],
    asOf: chart.window.asOf,
  });
}

/** The chart with its caption as the bytes of a PNG file; null while there is no chart on the screen. */
export async function paintPng(store: WorkbenchStore): Promise<Uint8Array | null> {
  const state = store.getState();
  const caption = captionNow(state);
  const { paintChart } = state.window;
  if (caption === null || paintChart === null) return null;
  return pngOf(paintChart(caption));
}

/** A canvas as the bytes of a PNG file. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The picture could not be encoded');
  return new Uint8Array(await blob.arrayBuffer());
}

/** Asks where to save a picture of the chart, and says how that went. */
export async function saveChartImage(store: WorkbenchStore): Promise<void> {
  const { chart, window } = store.getState();
  const { key } = chart;
  await withPicture(store, async (png) => {
    if (key === null) return null;
    const saved = await window.main.saveImage({ png, ...key });
    return saved === null ? null : `Saved ${saved.file}`;
  });
}

/** Puts a picture of the chart on the clipboard, and says how that went. */
export async function copyChartImage(store: WorkbenchStore): Promise<void> {
  await withPicture(store, async (png) => {
    await store.getState().window.main.copyImage({ png });
    return 'Copied a picture of the chart';
  });
}

/** Opens a window on what this one shows; with one panel alone when it is named, linked with this one. */
export async function openWindow(store: WorkbenchStore, panel: string | null): Promise<boolean> {
  const { chart, selection, window } = store.getState();
  const { key, view } = chart;
  const at = view === null || chart.isFollowing ? null : epochMs(Math.round((view.from + view.until) / 2));
  const objectId =
    selection.selected?.symbol === key?.symbol ? (selection.selected?.object_id ?? null) : null;
  try {
    if (panel === null) {
      await window.main.open({ link: key === null ? null : { ...key, at, objectId }, panel });
    } else {
      // A panel shows what this window looks at, and goes on doing so, while both are linked.
      window.setLinked(true);
      const focus = focusOf(store.getState());
      if (focus !== null) await window.main.share(focus);
      await window.main.open({ link: null, panel });
    }
    return true;
  } catch (error) {
    window.say({ tone: 'bad', text: `No window was opened: ${problemOf(error).message}` });
    return false;
  }
}

async function withPicture(
  store: WorkbenchStore,
  handOver: (png: Uint8Array) => Promise<string | null>,
): Promise<void> {
  const { say } = store.getState().window;
  try {
    const png = await paintPng(store);
    const text = png === null ? 'There is no chart to take a picture of' : await handOver(png);
    if (text !== null) say({ tone: png === null ? 'bad' : 'good', text });
  } catch (error) {
    say({ tone: 'bad', text: `No picture: ${problemOf(error).message}` });
  }
}
