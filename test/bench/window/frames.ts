import type { Page } from '@playwright/test';

/** What a page did while it was watched: one number a frame, ms. */
export interface Frames {
  /** Time in callbacks of the frame: what is drawn, and what is laid out for it. */
  readonly work: readonly number[];
  /** From one frame to the next. */
  readonly intervals: readonly number[];
}

interface Watched {
  readonly frameWork: Map<number, number>;
  readonly stop: () => void;
}

/** Begins to watch the frames of a page. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const native = window.requestAnimationFrame.bind(window);
    const frameWork = new Map<number, number>();
    let isWatching = true;
    window.requestAnimationFrame = (callback) =>
      native((at) => {
        const started = performance.now();
        try {
          callback(at);
        } finally {
          frameWork.set(at, (frameWork.get(at) ?? 0) + performance.now() - started);
        }
      });
    const tick = (at: number) => {
      if (!frameWork.has(at)) frameWork.set(at, 0);
      if (isWatching) native(tick);
    };
    native(tick);
    const watched: Watched = {
      frameWork,
      stop() {
        isWatching = false;
        window.requestAnimationFrame = native;
      },
    };
    Object.assign(window, { watched });
  });
}

/** Ends watching; answers what was seen. */
export async function watchedFrames(page: Page): Promise<Frames> {
  return page.evaluate(() => {
    const { watched } = window as unknown as { readonly watched: Watched };
    watched.stop();
    const times = [...watched.frameWork.keys()].sort((a, b) => a - b);
    return {
      work: times.map((at) => watched.frameWork.get(at) ?? 0),
      intervals: times.slice(1).map((at, index) => at - (times[index] ?? at)),
    };
  });
}
