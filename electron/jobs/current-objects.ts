import { objects } from '#schemas/datasets/objects';
import type { Engine } from '../engine/engine.ts';
import { absoluteShapes } from '../engine/shaped-source.ts';
import { writeLatestRows } from '../engine/write-latest-rows.ts';
import { shapesOf } from '../storage/file-entry.ts';
import { currentObjectsFile, dotPath } from '../storage/layout.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../storage/publish-file.ts';
import type { Store } from '../storage/store.ts';

export interface CurrentObjects {
  /** Makes the file soon if the store has objects and it is missing. */
  readonly start: () => Promise<void>;
  /** Writes the latest state of every object anew; answers how many there are. */
  readonly rebuild: () => Promise<number>;
  /** Ends the timer and writes what is outstanding. */
  readonly close: () => Promise<void>;
}

const quietMs = 5_000;

/**
 * Keeps `objects/current/objects.parquet`, the latest state of every object, for programs that want no more than that.
 * It is a cache that follows the events after a quiet moment: nothing in the store is read from it, and the one file
 * whose name is used again.
 */
export function createCurrentObjects(store: Store, engine: Engine, root: string): CurrentObjects {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> = Promise.resolve(0);
  let isStale = false;

  const stop = store.onChange(({ changes }) => {
    if (changes.some(({ dataset }) => dataset === objects.name)) rebuildSoon();
  });

  function rebuildSoon(): void {
    isStale = true;
    timer ??= setTimeout(() => {
      timer = undefined;
      rebuild().catch(() => undefined);
    }, quietMs);
  }

  function hasEvents(): boolean {
    return store.catalog.timeframesOnDisk(objects.name).length > 0 || store.tail.symbols(objects).length > 0;
  }

  function rebuild(): Promise<number> {
    running = running.catch(() => 0).then(write);
    return running;
  }

  async function write(): Promise<number> {
    isStale = false;
    const release = store.pin();
    try {
      const files = store.catalog
        .timeframesOnDisk(objects.name)
        .flatMap((timeframe) => [...store.catalog.filesOnDisk(objects.name, timeframe)])
        .sort((a, b) => a.sequence - b.sequence);
      const tail = store.tail.symbols(objects).flatMap((symbol) => store.tail.rows(objects, symbol));
      await makeFolderDurably(store.fs, folderOf(currentObjectsFile));
      const count = await writeLatestRows(engine, objects, {
        paths: files.map(({ path }) => `${root}/${path}`),
        shapes: absoluteShapes(root, shapesOf(files)),
        rows: tail.map(({ values }) => values),
        by: ['object_id'],
        order: ['event_ts', 'sequence'],
        output: `${root}/${dotPath(currentObjectsFile)}`,
      });
      await publishWritten(store.fs, currentObjectsFile);
      return count;
    } catch (error) {
      isStale = true;
      throw error;
    } finally {
      release();
    }
  }

  return {
    async start() {
      if (hasEvents() && (await store.fs.size(currentObjectsFile)) === null) rebuildSoon();
    },
    rebuild,
    async close() {
      stop();
      clearTimeout(timer);
      await running.catch(() => 0);
      if (isStale) await rebuild();
    },
  };
}
