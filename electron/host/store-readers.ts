import { rollups as rollupDataset } from '#schemas/datasets/rollups';
import { randomBytes } from 'node:crypto';
import { createExpectedGaps } from '../documents/expected-gaps.ts';
import { systemClock } from '../platform/clock.ts';
import { createAggregateReader } from '../queries/aggregate-reader.ts';
import { createBarReader } from '../queries/bar-reader.ts';
import type { Meter } from '../queries/health/meter.ts';
import { createJournalReader } from '../queries/journal-reader.ts';
import { createKnownSymbols } from '../queries/known-symbols.ts';
import { createObjectReader } from '../queries/object-reader.ts';
import { createQuality } from '../queries/quality/quality.ts';
import { createRollupCoverage } from '../queries/rollup-coverage.ts';
import { createSeries } from '../queries/series.ts';
import { createUserQueries } from '../queries/sql/user-queries.ts';
import { createViewport, type Viewport } from '../queries/viewport.ts';
import { expectedGapsFile } from '../storage/layout.ts';
import type { HostOptions } from './host-options.ts';
import type { StoreCore } from './store-core.ts';

const segmentCacheBytes = 100_663_296;
const rollupCacheBytes = 33_554_432;
const comparedCacheBytes = 16_777_216;
const cachedEvents = 100_000;

export type StoreReaders = ReturnType<typeof createStoreReaders>;

/** What answers questions about the rows of a store, and changes nothing. */
export function createStoreReaders(core: StoreCore, { folder, startChild }: HostOptions) {
  const { store, engine, scanning, calendarOf } = core;
  const series = createSeries(store, calendarOf);
  const objects = createObjectReader(store, engine, folder, cachedEvents);
  const bars = createBarReader(store, engine, folder, segmentCacheBytes);
  const rolled = createBarReader(store, engine, folder, rollupCacheBytes, rollupDataset);
  const compared = createBarReader(store, scanning, folder, comparedCacheBytes);
  const coverage = createRollupCoverage(store);
  const readAggregates = createAggregateReader(store, bars, rolled, coverage);
  const expectedGaps = createExpectedGaps(folder, expectedGapsFile, systemClock, () =>
    randomBytes(3).toString('hex'),
  );
  return {
    barReaders: [bars, rolled, compared],
    series,
    knownSymbols: createKnownSymbols(store, engine, folder),
    objects,
    journal: createJournalReader(store, engine, folder),
    expectedGaps,
    viewport: timed(createViewport({ bars, readAggregates, objects, series, calendarOf }), core.meter),
    userQueries: createUserQueries({ store, root: folder, coverage, calendarOf }, series, startChild),
    // Its scans take long, and nobody is to wait for them.
    quality: createQuality({
      ...{ store, root: folder, objects, series, calendarOf, engine: scanning, clock: systemClock },
      bars: compared,
      expectedGaps: () => expectedGaps.list(),
    }),
  };
}

function timed(viewport: Viewport, meter: Meter): Viewport {
  return async (...args) => {
    const startedMs = performance.now();
    try {
      return await viewport(...args);
    } finally {
      meter.viewport(performance.now() - startedMs);
    }
  };
}
