import type { Dataset } from '#schemas/define-dataset';
import { datasets } from '#schemas/index';
import { instantBounds } from '#shared/domain/zone-time';
import fc from 'fast-check';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  compactedPath,
  dotPath,
  firstCompactedLevel,
  isPeriod,
  parseDataPath,
  parseSegmentName,
  partPath,
  periodOf,
  periodRange,
  segmentPath,
} from '../../../../electron/storage/layout.ts';

const instants = fc.integer({ min: instantBounds.from, max: instantBounds.until - 1 });
const timeframesOf = ({ columns }: Dataset) =>
  columns['timeframe']?.only === undefined
    ? fc.constantFrom('30s', '1m', '2m', '5m', '15m', '1h', '4h', '1d', '1w')
    : fc.constant(columns['timeframe'].only);
const levels = fc.constantFrom('day' as const, 'month' as const, 'year' as const);
const writers = fc.stringMatching(/^[0-9a-f]{8}$/);

describe.each<Dataset>(datasets)('paths of $name', (dataset) => {
  const timeframes = timeframesOf(dataset);
  const first = firstCompactedLevel(dataset);

  it('of parts say what they are, if it has any', () => {
    fc.assert(
      fc.property(timeframes, instants, writers, fc.nat(), (timeframe, ts, writer, count) => {
        const path = partPath(dataset, timeframe, periodOf(first, ts), ts, writer, count);
        const part = { dataset, timeframe, level: 'part', partition: periodOf(first, ts), revision: null };
        expect(parseDataPath(path)).toEqual(dataset.levels.includes('part') ? part : null);
      }),
    );
  });

  it('of compacted files say what they are, and have one spelling', () => {
    const compactedLevels = dataset.levels.filter((level) => level !== 'part');
    fc.assert(
      fc.property(
        timeframes,
        fc.constantFrom(...compactedLevels),
        instants,
        fc.integer({ min: 1, max: 500 }),
        (timeframe, level, ts, revision) => {
          const path = compactedPath(dataset, timeframe, periodOf(level, ts), revision);
          expect(parseDataPath(path)).toEqual({
            dataset,
            timeframe,
            level,
            partition: periodOf(level, ts),
            revision,
          });
        },
      ),
    );
  });

  it('are never those of a file that is still being written', () => {
    fc.assert(
      fc.property(timeframes, instants, fc.integer({ min: 1, max: 50 }), (timeframe, ts, revision) => {
        const path = compactedPath(dataset, timeframe, periodOf(first, ts), revision);
        expect(parseDataPath(dotPath(path))).toBeNull();
        expect(posix.dirname(dotPath(path))).toBe(posix.dirname(path));
        expect(posix.basename(dotPath(path))).toMatch(/^\./);
      }),
    );
  });
});

describe('parseDataPath', () => {
  it.each([
    'data/2m/2025-09-02.parquet',
    'data/2m/2025-09-02.r2.parquet',
    'data/2m/2025-09.parquet',
    'data/2m/2025.parquet',
    'data/2m/2025-09-02/part-20250902T133000.parquet',
    'data/2m/2025-09-02/part-anything a bot likes.parquet',
    'objects/5m/2025-09.parquet',
    'objects/5m/2025-09/part-1.parquet',
    'trades/tick/2025-09-02/part-1.parquet',
    'quotes/tick/2025-09.parquet',
  ])('reads %s', (path) => {
    expect(parseDataPath(path)).not.toBeNull();
  });

  it.each([
    'data/2m/2025-09-31.parquet',
    'data/2m/2025-13.parquet',
    'data/2m/2025-09-02.r1.parquet',
    'data/2m/2025-09-02.r0.parquet',
    'data/2m/2025-09-02.r02.parquet',
    'data/2m/.2025-09-02.parquet.tmp',
    'data/2M/2025-09-02.parquet',
    'data/x/2025-09-02.parquet',
    'data/2m/2025-09/part-1.parquet',
    'data/2m/2025-09-02/.part-1.parquet.tmp',
    'data/2m/2025-09-02/part-1.parquet.bak',
    'data/2m/2025-09-02/x/part-1.parquet',
    'data/2m/../2m/2025-09-02.parquet',
    '/data/2m/2025-09-02.parquet',
    'objects/5m/2025-09-02.parquet',
    'objects/current/objects.parquet',
    'data/tick/2025-09-02.parquet',
    'trades/5m/2025-09-02.parquet',
    'trades/tick/2025.parquet',
    '_trash/job/data/2m/2025-09-02.parquet',
    'store.json',
    '',
  ])('does not take %s for a data file', (path) => {
    expect(parseDataPath(path)).toBeNull();
  });

  it('never throws, and knows each file by one path only', () => {
    const pieces = fc.constantFrom(
      'data',
      'objects',
      '2m',
      '5m',
      '2025',
      '2025-09',
      '2025-09-02',
      'part-1',
      '.',
      '..',
      '',
    );
    const ends = fc.constantFrom('.parquet', '.r2.parquet', '', '.tmp');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 5 }), ends, (segments, end) => {
        const path = `${segments.join('/')}${end}`;
        const parsed = parseDataPath(path);
        if (parsed?.revision != null) {
          expect(compactedPath(parsed.dataset, parsed.timeframe, parsed.partition, parsed.revision)).toBe(
            path,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('periods', () => {
  it('hold the instants that are in them, and no others', () => {
    fc.assert(
      fc.property(levels, instants, (level, ts) => {
        const period = periodOf(level, ts);
        const { from, until } = periodRange(period);
        expect(isPeriod(period)).toBe(true);
        expect(from <= ts && ts < until).toBe(true);
        expect([periodOf(level, from), periodOf(level, until - 1)]).toEqual([period, period]);
        expect(periodOf(level, until)).not.toBe(period);
      }),
    );
  });

  it('are days of UTC, also in the nights in which New York changes its clocks', () => {
    expect(periodOf('day', Date.UTC(2025, 10, 2, 3, 59))).toBe('2025-11-02');
    expect(periodRange('2025-11-02').until - periodRange('2025-11-02').from).toBe(86_400_000);
  });

  it.each(['2025-02-29', '2025-00', '2025-9', '25', '2025-09-02T00', '0050-01-01', ''])(
    'are not %j',
    (period) => {
      expect(isPeriod(period)).toBe(false);
    },
  );
});

describe('segmentPath', () => {
  it('is read back from its file name', () => {
    for (const number of [1, 99_999, 100_000]) {
      expect(parseSegmentName(posix.basename(segmentPath(number)))).toBe(number);
    }
  });

  it.each(['segment_1.wal', 'segment_00001.wal.tmp', 'xsegment_00001.wal', '.segment_00001.wal'])(
    'is not %s',
    (name) => {
      expect(parseSegmentName(name)).toBeNull();
    },
  );
});
