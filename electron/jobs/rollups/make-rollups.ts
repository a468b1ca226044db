import type { PlannedRollup, RollupReport } from '#shared/domain/rollup';
import { rollups } from '#schemas/datasets/rollups';
import { deflateRawSync } from 'node:zlib';
import type { RolledUpFile, RollUpRequest, RollUpSource, RollUpSymbol } from '../../engine/roll-up-files.ts';
import { wordingDiskErrors } from '../../storage/disk-error.ts';
import { shapesOf, spanOf, type FileEntry, type Tombstone } from '../../storage/file-entry.ts';
import { metadataOf } from '../../storage/file-metadata.ts';
import { dotPath, periodRange } from '../../storage/layout.ts';
import { folderOf, makeFolderDurably, publishWritten } from '../../storage/publish-file.ts';
import { unusedCompactedPath } from '../../storage/unused-path.ts';
import type { Roller } from '../compactor.ts';
import type { MergeParts } from '../merge-job.ts';
import type { PlannedGroup, PlannedOutput, PlannedPeriod } from './plan-rollups.ts';
import { orRemoveUnfinished } from '../remove-unfinished.ts';

export type RollupParts = Pick<
  MergeParts,
  'store' | 'root' | 'storeId' | 'locks' | 'clock' | 'calendarOf' | 'compressionFor'
> & {
  readonly roller: Roller;
};

/**
 * Makes the rollups of one period and switches readers over with one record of the log. Nothing that is stored changes:
 * a rollup says what it was made from, and readers take no bar from it whose sources are others by now.
 */
export async function makeRollups(
  parts: RollupParts,
  planned: PlannedPeriod,
  signal?: AbortSignal,
): Promise<readonly RollupReport[]> {
  const unlocks: (() => void)[] = [];
  const release = parts.store.pin();
  try {
    for (const { timeframe } of planned.outputs)
      unlocks.push(parts.locks.take({ dataset: rollups, timeframe, period: planned.period }));
    return await wordingDiskErrors(() => switchOver(parts, planned, signal));
  } finally {
    release();
    for (const unlock of unlocks) unlock();
  }
}

/** The files of a period as users are shown them, one for each timeframe. */
export function plannedRollups({ level, period, outputs }: PlannedPeriod): PlannedRollup[] {
  return outputs.map(({ timeframe, replaces, origin }) => ({
    timeframe,
    level,
    partition: period,
    replaces: replaces.at(-1)?.path ?? null,
    symbols: origin?.sources.reduce((sum, { symbols }) => sum + symbols.length, 0) ?? 0,
  }));
}

interface Target extends PlannedOutput {
  readonly path: string;
  readonly sequence: number;
}

async function switchOver(
  parts: RollupParts,
  planned: PlannedPeriod,
  signal?: AbortSignal,
): Promise<readonly RollupReport[]> {
  const { store, clock } = parts;
  const targets = await Promise.all(planned.outputs.map((output) => targetOf(parts, planned, output)));
  const request = requestOf(parts, planned, targets);
  const paths = targets.map(({ path }) => path);
  const made =
    request.outputs.length === 0
      ? []
      : await orRemoveUnfinished(store.fs, paths, parts.roller.rollUp(request, signal));
  const files = new Map(made.map((file) => [file.timeframe, file]));
  const added: FileEntry[] = [];
  for (const target of targets) {
    const file = files.get(target.timeframe);
    if (file === undefined) continue;
    await publishWritten(store.fs, target.path);
    added.push(entryOf(planned, target, file));
  }
  const job = `rollup-${planned.period}-${store.sequence}`;
  const removed = targets.flatMap(({ timeframe, path, replaces }) =>
    replaces.map((file) => tombstoneOf(file, files.has(timeframe) ? path : null, job, clock())),
  );
  if (added.length + removed.length > 0) await store.swap(added, removed);
  return plannedRollups(planned).map((report, index) => {
    const file = files.get(report.timeframe);
    return {
      ...report,
      output: file === undefined ? null : (targets[index]?.path ?? null),
      bars: file?.rows ?? 0,
      sizeBytes: file?.sizeBytes ?? 0,
      failure: null,
    };
  });
}

async function targetOf(
  { store }: RollupParts,
  { period, groups }: PlannedPeriod,
  output: PlannedOutput,
): Promise<Target> {
  const path = await unusedCompactedPath(store, rollups, output.timeframe, period);
  await makeFolderDurably(store.fs, folderOf(path));
  const own = groups.filter(({ outputs }) => outputs.includes(output.timeframe));
  const sequence = Math.max(0, ...own.flatMap(({ files }) => files.map((file) => file.sequence)));
  return { ...output, path, sequence };
}

function requestOf(
  { root, storeId, compressionFor }: RollupParts,
  planned: PlannedPeriod,
  targets: readonly Target[],
): RollUpRequest {
  const absolute = (path: string) => `${root}/${path}`;
  return {
    period: periodRange(planned.period),
    sources: planned.groups.map((group) => sourceOf(group, absolute)),
    outputs: targets.flatMap(({ timeframe, path, sequence, previous, origin }) => {
      if (origin === null) return [];
      return {
        timeframe,
        path: absolute(dotPath(path)),
        previous: previous === null ? null : absolute(previous.path),
        compression: compressionFor(rollups.name, timeframe),
        metadata: {
          ...metadataOf(storeId, rollups, sequence),
          'tapedeck.sources': deflateRawSync(JSON.stringify(origin)).toString('base64'),
        },
      };
    }),
  };
}

/** Only the files with rows of the days that are made anew are read. */
function sourceOf(
  { calendar, source, outputs, symbols, files, stale }: PlannedGroup,
  absolute: (path: string) => string,
): RollUpSource {
  const wanted: RollUpSymbol[] = [];
  const needed = new Set<FileEntry>();
  for (const symbol of symbols) {
    const stretches = stale.get(symbol) ?? [];
    let rows = 0;
    for (const file of files) {
      const span = spanOf(file, symbol);
      if (span === undefined || !stretches.some(({ from, until }) => span.first < until && from <= span.last))
        continue;
      needed.add(file);
      rows += span.rows;
    }
    wanted.push({ symbol, stale: stretches, rows });
  }
  const read = files.filter((file) => needed.has(file));
  return {
    calendar,
    timeframe: source,
    outputs,
    paths: read.map(({ path }) => absolute(path)),
    shapes: [...shapesOf(read)].map(([path, shape]) => [absolute(path), shape]),
    symbols: wanted,
  };
}

function entryOf(
  { level, period }: PlannedPeriod,
  { timeframe, path, sequence, origin }: Target,
  { rows, sizeBytes, sha256, spans }: RolledUpFile,
): FileEntry {
  return {
    path,
    dataset: rollups.name,
    timeframe,
    level,
    partition: period,
    rows,
    sizeBytes,
    sequence,
    sha256,
    spans,
    ...(origin === null ? {} : { madeFrom: origin }),
  };
}

/** It can be made again at any time, so the trash keeps it no longer than its next emptying. */
function tombstoneOf(file: FileEntry, replacedBy: string | null, job: string, atMs: number): Tombstone {
  return { ...file, replacedBy, job, atMs, deadlineMs: atMs };
}
