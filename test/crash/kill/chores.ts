import { DAY } from '#shared/units';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { barSql } from '../../helpers/foreign-files.ts';
import { askDuckDb } from '../../helpers/parquet.ts';
import { objectRow } from '../../helpers/rows.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { isSame, type Errands, type Rows } from './errands.ts';
import { pause } from './pause.ts';
import { barLines, barsAsCsv, createSeries, firstDay, readBars, type Series } from './series.ts';

/** Something that users do to a store, done once; answers what was wrong. */
export type Chore = () => Promise<readonly string[]>;

export interface Chores {
  readonly all: readonly Chore[];
  /** What is wrong with their rows when nobody is at work any more. */
  readonly check: () => Promise<readonly string[]>;
}

/** Each has rows of its own: what others do must not change them. */
export function createChores(errands: Errands): Chores {
  const bars = (symbol: string, timeframe: string) =>
    createSeries(errands, () => readBars(errands, symbol, timeframe));
  const retired = bars('RETIRED', '2m');
  const imported = bars('IMPORTED', '3m');
  const dropped = bars('DROPPED', '4m');
  const replaced = bars('REPLACED', '10m');
  const drawn = createSeries(errands, () => readEvents(errands));
  const series = { retired, imported, dropped, replaced, drawn };
  return {
    all: [
      () => retire(errands, retired),
      () => importMore(imported),
      () => moveBetweenTiers(errands, imported),
      () => dropPart(errands, dropped),
      () => replaceDay(errands, replaced),
      () => draw(drawn),
      () => purge(errands, Object.values(series)),
    ],
    async check() {
      const faults: string[] = [];
      for (const [name, { read, rows }] of Object.entries(series)) {
        const found = await read();
        if (!isSame(found, rows()))
          faults.push(
            `in the end there are ${found.size} rows that were ${name}, which are not its ${rows().size}`,
          );
      }
      return faults;
    },
  };
}

/** What happens within a second or so takes longer when who does it is killed meanwhile. */
const mostLooks = 100;
const nothingLeft = /nothing of .* is in the trash/;

/** What is retired is gone, what is restored is back, and what is purged does not come back. */
async function retire(errands: Errands, series: Series): Promise<readonly string[]> {
  const more = series.withMore();
  const faults = [
    ...(await series.change({ args: ['append', 'candles'], input: barLines('RETIRED', '2m', more) }, more)),
    ...(await series.change({ args: ['compact', '--dataset', 'candles', '--timeframe', '2m'] })),
  ];
  const limits = ['--policy', 'candles:2m=1d', '--min-age', '0', '--max-share', '100', '--rollup-sources'];
  faults.push(...(await series.change({ args: ['retain', ...limits, '--yes'] }, new Map())));
  const job = await retiredJob(errands);
  if (job === null) return [...faults, 'nothing that was retired came into the trash'];
  const isBack = errands.random.isTrue(0.7);
  const verb = isBack ? ['restore', job] : ['purge', '--job', job];
  faults.push(
    ...(await series.change(
      { args: ['trash', ...verb], doneBefore: nothingLeft },
      isBack ? more : new Map(),
    )),
  );
  return faults;
}

/** When its owner was killed, the next one brings to the trash what went. */
async function retiredJob(errands: Errands): Promise<string | null> {
  for (let look = 0; look < mostLooks; look += 1) {
    const files = await trashed(errands);
    const found = files.find(({ job, path }) => job.includes('-retain-') && path.startsWith('data/2m/'));
    if (found !== undefined) return found.job;
    await pause(100);
  }
  return null;
}

async function importMore(series: Series): Promise<readonly string[]> {
  const more = series.withMore();
  const file = join(await tempFolder(), 'bars.csv');
  await writeFile(file, barsAsCsv(more));
  return series.change({ args: ['import', file, '--symbol', 'IMPORTED', '--timeframe', '3m'] }, more);
}

async function moveBetweenTiers({ random }: Errands, series: Series): Promise<readonly string[]> {
  const verb = random.isTrue(0.6) ? 'migrate' : 'back';
  return [
    ...(await series.change({ args: ['compact', '--dataset', 'candles', '--timeframe', '3m'] })),
    ...(await series.change({ args: ['tier', verb, '--timeframe', '3m', '--yes'] })),
  ];
}

/** As a bot does it: whole, under a name of its own. Once it is seen it stays. */
async function dropPart({ store }: Errands, series: Series): Promise<readonly string[]> {
  const before = series.rows();
  const fresh = [...series.withMore()].filter(([ts]) => !before.has(ts));
  const midnight = Math.floor((fresh[0]?.[0] ?? 0) / DAY) * DAY;
  const ofDay = fresh.filter(([ts]) => ts < midnight + DAY);
  const draft = join(await tempFolder(), 'part.parquet');
  const bars = ofDay.map(([ts, volume]) =>
    barSql(`${ts} AS ts`, { symbol: 'DROPPED', timeframe: '4m', volume }),
  );
  await askDuckDb(`COPY (${bars.join(' UNION ALL ')}) TO '${draft}' (FORMAT parquet)`);
  const day = new Date(midnight).toISOString().slice(0, 10);
  const path = join(store, 'data', '4m', day, `part-${fresh[0]?.[1] ?? 0}.parquet`);
  await mkdir(dirname(path), { recursive: true });
  await rename(draft, path);
  const after: Rows = new Map([...before, ...ofDay]);
  for (let look = 0; look < mostLooks; look += 1) {
    const found = await series.read();
    if (isSame(found, after)) return series.change({ args: ['files'] }, after);
    if (!isSame(found, before)) return ['a part that was dropped is neither there as a whole nor not at all'];
    await pause(100);
  }
  return ['a part that was dropped was never taken in'];
}

async function replaceDay({ random }: Errands, series: Series): Promise<readonly string[]> {
  const dayMs = firstDay + Math.floor(random.between(0, 3)) * DAY;
  const after = series.withOtherDay(dayMs);
  const ofDay: Rows = new Map([...after].filter(([ts]) => ts >= dayMs && ts < dayMs + DAY));
  const day = new Date(dayMs).toISOString().slice(0, 10);
  return series.change(
    { args: ['append', 'candles', '--replace-day', day], input: barLines('REPLACED', '10m', ofDay) },
    after,
  );
}

/** Events of one object, and the merging of all events. */
async function draw(series: Series): Promise<readonly string[]> {
  const more = series.withMore();
  const events = [...more].map(([event_ts, sequence]) =>
    JSON.stringify(
      objectRow({ symbol: 'DRAWN', object_id: 'drawn-1', t_start: firstDay, event_ts, sequence }),
    ),
  );
  return [
    ...(await series.change({ args: ['append', 'objects'], input: events.join('\n') }, more)),
    ...(await series.change({ args: ['compact', '--dataset', 'objects'] })),
  ];
}

async function readEvents(errands: Errands): Promise<Rows> {
  const events = JSON.parse(await errands.ask(['objects', 'history', '--id', 'drawn-1', '--json'])) as {
    readonly event_ts: number;
    readonly sequence: number;
  }[];
  return new Map(events.map(({ event_ts, sequence }) => [event_ts, sequence]));
}

/** For good, but nothing that is not in another file. */
async function purge(errands: Errands, all: readonly Series[]): Promise<readonly string[]> {
  const merged = (await trashed(errands)).filter(({ job }) => job.startsWith('compact'));
  const job = merged[Math.floor(errands.random.between(0, merged.length))]?.job;
  const series = all[Math.floor(errands.random.between(0, all.length))];
  if (job === undefined || series === undefined) return [];
  return series.change({ args: ['trash', 'purge', '--job', job], doneBefore: nothingLeft });
}

async function trashed(
  errands: Errands,
): Promise<readonly { readonly job: string; readonly path: string }[]> {
  return JSON.parse(await errands.ask(['trash', 'list', '--json'])) as { job: string; path: string }[];
}
