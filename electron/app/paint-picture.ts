import { pngSize } from '#shared/domain/png';
import type { CallArgs, Contract } from '#shared/ipc';
import { app } from 'electron';
import { dirname } from 'node:path';
import type { StartChild } from '../platform/child.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { writeFileAtomically } from '../platform/write-file-atomically.ts';
import { createArrivals } from './arrivals.ts';
import { createHiddenWindow } from './create-window.ts';
import { createFirstPaint } from './first-paint.ts';
import { pageAddress } from './origin.ts';
import type { PictureRequest } from './picture-request.ts';
import { copyImage } from './save-image.ts';
import type { PageCalls } from './serve-ipc.ts';
import type { StoreServices } from './show-store.ts';
import { createStoreSession } from './store-session.ts';
import { createChosenFiles, guardFiles } from './guard-files.ts';
import { startedAt } from './take-picture.ts';
import { windowHandlers } from './window-handlers.ts';

type Finished = CallArgs<Contract['window']['finishPicture']>;

const limitMs = 60_000;

export interface PicturePage {
  readonly calls: PageCalls;
  /** Paints, saves, prints one line of JSON, and ends the program. */
  readonly run: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface PicturePageParts {
  readonly preload: string;
  readonly storeFolder: string;
  readonly openStore: StoreServices['openStore'];
  readonly startChild: StartChild;
}

/** A page that nobody sees, for one picture of a chart. It reads the store and never takes it from its owner. */
export function createPicturePage(request: PictureRequest, parts: PicturePageParts): PicturePage {
  const { file, width, height, ...order } = request;
  const session = createStoreSession(() => undefined);
  let finish: (finished: Finished) => void = () => undefined;
  const finished = new Promise<Finished>((resolve) => (finish = resolve));
  const nothing = () => Promise.resolve(null);
  const handlers = windowHandlers({
    panel: null,
    workspace: { load: nothing, save: () => Promise.resolve() },
    layouts: { load: nothing, save: () => Promise.resolve() },
    firstPaint: createFirstPaint(Date.now),
    arrivals: createArrivals(() => undefined),
    openWindow: () => Promise.resolve(),
    share: () => undefined,
    focus: () => null,
    saveImage: nothing,
    saveText: nothing,
    chooseResultFile: nothing,
    choosePlace: nothing,
    chooseImports: nothing,
    copyImage,
    openStore: () => Promise.resolve(),
    showStoreFolder: () => Promise.resolve(),
    showFile: () => Promise.resolve(),
    picture: { order, finish },
  });

  async function run(): Promise<void> {
    const limit = setTimeout(() => fail(`No chart was painted within ${limitMs / 1000} s.`), limitMs);
    try {
      const window = createHiddenWindow({ width, height }, { preload: parts.preload, hasDevTools: false });
      window.webContents.on('render-process-gone', (_event, { reason }) =>
        fail(`The process of the page ended: ${reason}`),
      );
      const opened = session.show(() =>
        parts.openStore({
          folder: parts.storeFolder,
          create: false,
          access: 'read',
          startChild: parts.startChild,
          appVersion: app.getVersion(),
        }),
      );
      await Promise.all([opened, window.loadURL(pageAddress)]);
      const picture = await finished;
      if ('problem' in picture) throw new Error(picture.problem);
      await makeFolder(dirname(file));
      await writeFileAtomically(file, picture.png);
      const { symbol, timeframe, from, until } = order;
      const { bars, objects } = picture;
      const elapsedMs = Math.round(Date.now() - startedAt());
      console.log(
        JSON.stringify({
          file,
          ...pngSize(picture.png),
          symbol,
          timeframe,
          from,
          until,
          bars,
          objects,
          elapsedMs,
        }),
      );
      app.quit();
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(limit);
    }
  }

  const calls = {
    handlers,
    callStore: guardFiles(session.call, { toRead: createChosenFiles(), toReplace: createChosenFiles() }),
    // Nobody sees the window.
    onDropped: () => undefined,
  };
  return { calls, run, close: session.close };
}

function fail(message: string): void {
  console.error(message);
  app.exit(1);
}
