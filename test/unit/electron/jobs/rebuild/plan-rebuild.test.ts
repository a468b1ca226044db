import { describe, expect, it } from 'vitest';
import {
  planRebuild,
  type FoundFile,
  type TrashedFile,
} from '../../../../../electron/jobs/rebuild/plan-rebuild.ts';
import { parseDataPath } from '../../../../../electron/storage/layout.ts';
import type { DeadFile } from '../../../../../electron/storage/log-entry.ts';

const day = 'data/5m/2025-09-02.parquet';
const dayAgain = 'data/5m/2025-09-02.r2.parquet';
const month = 'data/5m/2025-09.parquet';
const part = (count: number) => `data/5m/2025-09-02/part-${count}.parquet`;

describe('planRebuild', () => {
  it('lets every part live that no file was made from', () => {
    expect(living([found(part(1), 1), found(part(2), 2)])).toEqual([part(1), part(2)]);
  });

  it('takes what a day file was made from for dead, where it still lies', () => {
    const plan = planOf([found(part(1), 1), found(part(2), 2), found(day, 2, [part(1), part(2)])]);
    expect(plan.living.map(({ path }) => path)).toEqual([day]);
    expect(
      plan.dead.map(({ path, replacedBy, place, deadlineMs }) => [path, replacedBy, place, deadlineMs]),
    ).toEqual([
      [part(1), day, 'store', null],
      [part(2), day, 'store', null],
    ]);
  });

  it('lets a late part live beside the day file that came before it', () => {
    expect(living([found(day, 2, [part(1)]), found(part(3), 3)])).toEqual([day, part(3)]);
  });

  it('follows a second compaction of the day, and one of the month', () => {
    const files = [
      found(part(1), 1),
      found(part(3), 3),
      found(day, 1, [part(1)]),
      found(dayAgain, 3, [day, part(3)]),
      found(month, 3, [dayAgain]),
    ];
    expect(living(files)).toEqual([month]);
  });

  it('hears a day file in the trash about the parts that were kept, when a month has its rows', () => {
    const files = [found(part(1), 1), found(month, 1, [day])];
    expect(living(files, [trashed(day, 1, [part(1)])])).toEqual([month]);
  });

  it('does not hear a day file in the trash whose making was undone', () => {
    expect(living([found(part(1), 1)], [trashed(day, 1, [part(1)])])).toEqual([part(1)]);
  });

  it('lets a file live whose heir is gone', () => {
    expect(living([found(part(1), 1)], [], [tombstone(part(1), day)])).toEqual([part(1)]);
  });

  it('believes a tombstone about a file whose heir is there, and keeps its deadline', () => {
    const plan = planOf([found(part(1), 1), found(day, 1)], [], [tombstone(part(1), day)]);
    expect(plan.living.map(({ path }) => path)).toEqual([day]);
    expect(plan.dead).toMatchObject([{ path: part(1), place: 'store', deadlineMs: 99, job: 'job' }]);
  });

  it('takes the last writing of a period when nothing else tells two apart', () => {
    const plan = planOf([found(day, 5), found(dayAgain, 5)]);
    expect(plan.living.map(({ path }) => path)).toEqual([dayAgain]);
    expect(plan.dead).toMatchObject([{ path: day, replacedBy: dayAgain }]);
  });

  it('counts the tenth writing behind the ninth', () => {
    const revision = (count: number) => `data/5m/2025-09-02.r${count}.parquet`;
    expect(living([found(revision(10), 5), found(revision(9), 5)])).toEqual([revision(10)]);
  });

  it('keeps what is in the trash, with its tombstone when there is one', () => {
    const plan = planOf(
      [found(day, 1, [part(1)])],
      [trashed(part(1), 1), trashed(part(2), 1)],
      [tombstone(part(1), day)],
    );
    expect(
      plan.dead.map(({ path, place, replacedBy, deadlineMs }) => [path, place, replacedBy, deadlineMs]),
    ).toEqual([
      [part(1), 'trash', day, 99],
      [part(2), 'trash', null, null],
    ]);
  });

  it('gives a merged file the last word over a part of the same sequence', () => {
    expect(living([found(day, 4), found(part(4), 4), found(part(1), 1)])).toEqual([part(1), part(4), day]);
  });

  it('is not led astray by a file that claims itself, or by two that claim each other', () => {
    expect(living([found(day, 1, [day])])).toEqual([day]);
    expect(planOf([found(day, 1, [dayAgain]), found(dayAgain, 1, [day])]).dead).toHaveLength(2);
  });

  it('makes nothing of nothing', () => {
    expect(planOf([])).toEqual({ living: [], dead: [] });
  });
});

function planOf(
  inPlace: readonly FoundFile[],
  inTrash: readonly TrashedFile[] = [],
  tombstones: readonly DeadFile[] = [],
) {
  return planRebuild({ inPlace, inTrash, tombstones, atMs: 7 });
}

function living(...facts: Parameters<typeof planOf>): string[] {
  return planOf(...facts).living.map(({ path }) => path);
}

function found(path: string, sequence: number, inputs: readonly string[] = []): FoundFile {
  const { timeframe, level, partition } = parseDataPath(path)!;
  return {
    entry: {
      path,
      dataset: 'candles',
      timeframe,
      level,
      partition,
      rows: 1,
      sizeBytes: 1,
      sequence,
      sha256: '',
      spans: [],
    },
    inputs,
  };
}

function trashed(path: string, sequence: number, inputs: readonly string[] = []): TrashedFile {
  return { ...found(path, sequence, inputs), job: 'job' };
}

function tombstone(path: string, replacedBy: string): DeadFile {
  return { ...found(path, 1).entry, replacedBy, job: 'job', atMs: 1, deadlineMs: 99, place: 'store' };
}
