import { objects } from '#schemas/datasets/objects';
import type { Engine } from '../engine/engine.ts';
import { readFooters } from '../engine/inspect-files.ts';
import { absoluteShapes } from '../engine/shaped-source.ts';
import { writeLatestRows } from '../engine/write-latest-rows.ts';
import { shapesOf } from '../storage/file-entry.ts';
import { currentObjectsFile, dotPath } from '../storage/layout.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../storage/publish-file.ts';
import type { Store } from '../storage/store.ts';

export interface CurrentObjects {
  /** Makes the file soon if the store has objects and it is missing, or older than they are. */
  readonly start: () => Promise<void>;
  /** Writes the latest state of every object anew; answers how many there are. */
  readonly rebuild: () => Promise<number>;
  /** Ends the timer and writes what is outstanding. */
  readonly close: () => Promise<void>;
}

const quietMs = 5_000;
/** Where its footer says which events it was made from. */
const madeFromKey = 'tapedeck.states-of';

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

  function events() {
    const files = store.catalog
      .timeframesOnDisk(objects.name)
      .flatMap((timeframe) => [...store.catalog.filesOnDisk(objects.name, timeframe)])
      .sort((a, b) => a.sequence - b.sequence);
    const rows = store.tail.symbols(objects).flatMap((symbol) => store.tail.rows(objects, symbol));
    const count = files.reduce((sum, file) => sum + file.rows, rows.length);
    const last = [...files, ...rows].reduce((most, { sequence }) => Math.max(most, sequence), 0);
    // The same before and after rows go from memory to a file.
    return { files, rows, count, madeFrom: `${count} events up to ${last}` };
  }

  async function isCurrent(madeFrom: string): Promise<boolean> {
    if ((await store.fs.size(currentObjectsFile)) === null) return false;
    const { found } = await readFooters(engine, root, [currentObjectsFile]);
    return found.get(currentObjectsFile)?.metadata[madeFromKey] === madeFrom;
  }

  function rebuild(): Promise<number> {
    running = running.catch(() => 0).then(write);
    return running;
  }

  async function write(): Promise<number> {
    isStale = false;
    const release = store.pin();
    try {
      const { files, rows, madeFrom } = events();
      await makeFolderDurably(store.fs, folderOf(currentObjectsFile));
      const count = await writeLatestRows(engine, objects, {
        paths: files.map(({ path }) => `${root}/${path}`),
        shapes: absoluteShapes(root, shapesOf(files)),
        rows: rows.map(({ values }) => values),
        by: ['object_id'],
        order: ['event_ts', 'sequence'],
        output: `${root}/${dotPath(currentObjectsFile)}`,
        metadata: { [madeFromKey]: madeFrom },
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
      const { count, madeFrom } = events();
      if (count > 0 && !(await isCurrent(madeFrom))) rebuildSoon();
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
