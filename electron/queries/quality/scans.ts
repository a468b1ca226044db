import type { CalendarId } from '#shared/domain/session-calendar';
import type { Stretch } from '#shared/domain/stretches';
import type { Timeframe } from '#shared/domain/timeframe';
import type { UnreadableFile } from '#shared/domain/viewport';
import { groupBy } from '#shared/group-by';
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Engine } from '../../engine/engine.ts';
import type { Store } from '../../storage/store.ts';
import { LostFiles, mostLooks } from '../lost-files.ts';
import {
  mostRowsOf,
  readStretches,
  sourcesOf,
  type StretchRead,
  type StretchSources,
} from './read-stretch.ts';
import { scanStretch, type ScannedStretch } from './scan-stretch.ts';

export interface Scan extends ScannedStretch {
  readonly unreadable: readonly UnreadableFile[];
}

export interface ScanParts {
  readonly store: Store;
  readonly engine: Engine;
  readonly root: string;
}

/** A stretch of one series that is to be judged. */
export interface WantedScan {
  readonly series: {
    readonly symbol: string;
    readonly timeframe: Timeframe;
    readonly calendar: CalendarId;
  };
  readonly stretch: Stretch;
  /** What is read for it: bars of days and longer may open before the stretch begins. */
  readonly read: Stretch;
}

/** Judges stretches and tells each in the order asked for. Series that lie in the same files are read together. */
export type ScanEach = (
  wanted: readonly WantedScan[],
  now: number,
  onScan: (scan: Scan, place: number) => Promise<void> | void,
  signal?: AbortSignal,
) => Promise<void>;

/** Stretches that are remembered: each is some hundred days and what was found in them. */
const mostKept = 400;
/** Rows that are read at once: some twenty megabytes, of which there are two while one is read and one judged. */
const rowsAtOnce = 400_000;

/** What was read once is remembered for as long as its files are the same. */
export function createScans({ store, engine, root }: ScanParts): ScanEach {
  const scans = new Map<string, Scan>();

  /** What is known of a stretch at this moment, or where it is to be read from. */
  function lookUp(wanted: WantedScan): LookedUp {
    const { series, read } = wanted;
    const sources = sourcesOf(store, { ...series, ...read });
    const key = keyOf(wanted, sources, store.generation);
    const known = scans.get(key);
    if (known === undefined) return { wanted, sources, key, known };
    scans.delete(key);
    scans.set(key, known);
    return { wanted, sources, key, known };
  }

  /** By key. Null where files vanished meanwhile. */
  async function readAll(
    unknown: readonly LookedUp[],
    lost: LostFiles,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, StretchRead> | null> {
    const byKey = new Map<string, StretchRead>();
    // They lay in the same files when they were put together, which may have changed since.
    for (const own of groupBy(unknown, ({ sources }) => pathsOf(sources)).values()) {
      const stretches = own.map(({ wanted, sources }) => ({
        wanted: { ...wanted.series, ...wanted.read },
        sources,
      }));
      const read = await readStretches({ engine, root, lost }, stretches, signal);
      if (read === null) return null;
      own.forEach(({ key }, index) => {
        const found = read[index];
        if (found !== undefined) byKey.set(key, found);
      });
    }
    return byKey;
  }

  async function readBatch(batch: readonly WantedScan[], signal?: AbortSignal): Promise<readonly Found[]> {
    const lost = new LostFiles(store);
    for (let look = 0; ; look += 1) {
      signal?.throwIfAborted();
      const release = store.pin();
      try {
        const looked = batch.map(lookUp);
        const unknown = looked.filter(({ known }) => known === undefined);
        const read = await readAll(unknown, lost, signal);
        if (read !== null) return looked.map((each) => ({ ...each, read: read.get(each.key) }));
        if (look >= mostLooks) throw new Error(`Files of ${seriesText(batch)} keep vanishing`);
      } finally {
        release();
      }
    }
  }

  function judge({ wanted, key, known, read }: Found, now: number): Scan {
    if (known !== undefined) return known;
    if (read === undefined) throw new Error(`Nothing was read of ${seriesText([wanted])}`);
    const { series, stretch } = wanted;
    const scanned = {
      ...scanStretch(read.rows, { ...series, ...stretch, now }),
      unreadable: read.unreadable,
    };
    // What has not closed yet is expected later: only a stretch that is over stays as it is.
    if (read.unreadable.length === 0 && stretch.until <= now) keep(scans, key, scanned);
    return scanned;
  }

  return async (wanted, now, onScan, signal) => {
    const batches = batchesOf(store, wanted);
    let place = 0;
    let next = begin(() => readBatch(batches[0] ?? [], signal));
    for (const index of batches.keys()) {
      const found = await next.result;
      // The next rows come while these are judged.
      next = begin(() => readBatch(batches[index + 1] ?? [], signal));
      for (const each of found) {
        signal?.throwIfAborted();
        await onScan(judge(each, now), place);
        place += 1;
        // Others of this process have their turn.
        await setImmediate();
      }
    }
  };
}

interface LookedUp {
  readonly wanted: WantedScan;
  readonly sources: StretchSources;
  readonly key: string;
  readonly known: Scan | undefined;
}

interface Found extends LookedUp {
  readonly read: StretchRead | undefined;
}

/** Starts something whose failure is of interest only to who waits for its result. */
function begin<T>(act: () => Promise<T>): { readonly result: Promise<T> } {
  const result = act();
  result.catch(() => undefined);
  return { result };
}

/** Neighbours that lie in the same files, as many as may be read at once. */
function batchesOf(store: Store, wanted: readonly WantedScan[]): readonly (readonly WantedScan[])[] {
  const batches: WantedScan[][] = [];
  let [files, rows] = ['', 0];
  for (const each of wanted) {
    const sources = sourcesOf(store, { ...each.series, ...each.read });
    const own = `${each.series.timeframe} ${pathsOf(sources)}`;
    const ownRows = mostRowsOf(sources, each.series.symbol);
    const batch = batches.at(-1);
    const isThere = batch?.some(({ series }) => series.symbol === each.series.symbol) === true;
    if (batch !== undefined && own === files && rows + ownRows <= rowsAtOnce && !isThere) {
      batch.push(each);
      rows += ownRows;
      continue;
    }
    batches.push([each]);
    [files, rows] = [own, ownRows];
  }
  return batches;
}

function pathsOf({ files }: StretchSources): string {
  return JSON.stringify(files.map(({ path }) => path));
}

function keep(scans: Map<string, Scan>, key: string, scan: Scan): void {
  scans.set(key, scan);
  const [oldest] = scans.keys();
  if (scans.size > mostKept && oldest !== undefined) scans.delete(oldest);
}

/** Files never change, so their names say what was read; of rows in memory their places in the log do. */
function keyOf({ series, stretch }: WantedScan, { files, tail }: StretchSources, generation: number): string {
  const { symbol, timeframe, calendar } = series;
  const rows = tail.map(({ sequence, index, file }) => `${sequence}.${index}${file === null ? '' : '+'}`);
  const paths = files.map(({ path }) => path);
  const { from, until } = stretch;
  const key = JSON.stringify([generation, symbol, timeframe, calendar, from, until, paths, rows]);
  return createHash('sha256').update(key).digest('base64');
}

function seriesText(batch: readonly WantedScan[]): string {
  return batch.map(({ series: { symbol, timeframe } }) => `${symbol} ${timeframe}`).join(', ');
}
