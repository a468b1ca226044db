import type { ReadLink } from '#shared/domain/deep-link';
import type { PictureOrder, SharedFocus } from '#shared/domain/window-purpose';
import { WorkbenchError } from '#shared/errors';
import type { CallArgs, Contract } from '#shared/ipc';
import type { WindowHandlers } from '../ipc/handlers.ts';
import type { TextFile } from '../platform/text-file.ts';
import type { Arrivals } from './arrivals.ts';
import type { PlaceWanted } from './choose-place.ts';
import type { FirstPaint } from './first-paint.ts';
import type { ChartImage } from './save-image.ts';
import type { SavedText } from './save-text.ts';

type Picture = CallArgs<Contract['window']['finishPicture']>;

/** What the calls of one window are answered with. */
export interface WindowServices {
  readonly panel: string | null;
  readonly workspace: Pick<TextFile, 'load' | 'save'>;
  readonly layouts: Pick<TextFile, 'load' | 'save'>;
  readonly firstPaint: FirstPaint;
  readonly arrivals: Arrivals;
  readonly openWindow: (link: ReadLink | null, panel: string | null) => Promise<void>;
  readonly share: (focus: SharedFocus) => void;
  /** What the windows look at that this one is linked with from its start. */
  readonly focus: () => SharedFocus | null;
  readonly saveImage: (image: ChartImage) => Promise<{ readonly file: string } | null>;
  readonly saveText: (saved: SavedText) => Promise<{ readonly file: string } | null>;
  readonly copyImage: (png: Uint8Array) => Promise<null>;
  readonly chooseResultFile: (
    wanted: CallArgs<Contract['window']['chooseResultFile']>,
  ) => Promise<{ readonly file: string } | null>;
  readonly choosePlace: (wanted: PlaceWanted) => Promise<{ readonly path: string } | null>;
  readonly chooseImports: (
    wanted: CallArgs<Contract['window']['chooseImports']>,
  ) => Promise<{ readonly paths: readonly string[] } | null>;
  readonly openStore: () => Promise<void>;
  readonly showStoreFolder: () => Promise<void>;
  readonly showFile: (path: string) => Promise<void>;
  /** Only for a page that was started to paint one. */
  readonly picture: { readonly order: PictureOrder; readonly finish: (picture: Picture) => void } | null;
}

/** The calls that concern one window alone, whichever store it shows. */
export function windowHandlers(services: WindowServices): WindowHandlers {
  const { panel, workspace, layouts, firstPaint, arrivals, openWindow, share, picture } = services;
  return {
    workspace: {
      load: () => workspace.load(),
      save: async ({ text }) => {
        await workspace.save(text);
        return null;
      },
    },
    layouts: {
      load: () => layouts.load(),
      save: async ({ text }) => {
        await layouts.save(text);
        return null;
      },
    },
    window: {
      painted: (painted) => {
        firstPaint.report(painted);
        return Promise.resolve(null);
      },
      describe: () =>
        Promise.resolve({
          panel,
          arrival: arrivals.take(),
          picture: picture?.order ?? null,
          focus: services.focus(),
        }),
      open: async ({ link, panel: wanted }) => {
        await openWindow(link === null ? null : { ok: true, link }, wanted);
        return null;
      },
      share: (focus) => {
        share(focus);
        return Promise.resolve(null);
      },
      saveImage: services.saveImage,
      saveText: services.saveText,
      copyImage: ({ png }) => services.copyImage(png),
      chooseResultFile: services.chooseResultFile,
      choosePlace: services.choosePlace,
      chooseImports: services.chooseImports,
      openStore: async () => {
        await services.openStore();
        return null;
      },
      showStoreFolder: async () => {
        await services.showStoreFolder();
        return null;
      },
      showFile: async ({ path }) => {
        await services.showFile(path);
        return null;
      },
      finishPicture: (finished) => {
        if (picture === null) throw new WorkbenchError('argument-invalid', 'This window paints no picture');
        picture.finish(finished);
        return Promise.resolve(null);
      },
    },
  };
}
