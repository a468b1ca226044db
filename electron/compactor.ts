import { findDataset } from '#schemas/index';
import type { ErrorCode } from '#shared/errors';
import type { UnreadableFile } from '#shared/domain/viewport';
import { candles } from '#schemas/datasets/candles';
import type { Dataset } from '#schemas/define-dataset';
import { createEngine, type Engine } from './engine/engine.ts';
import { errorCodeOf } from './engine/error-code.ts';
import { fileFault, findUnreadable } from './engine/file-fault.ts';
import { mergeFiles } from './engine/merge-files.ts';
import { rollUpFiles } from './engine/roll-up-files.ts';
import { RowsDiffer } from './engine/row-summary.ts';
import { tryCompression } from './engine/try-compression.ts';
import type { CompactorReply, CompactorRequest, CompactorTask } from './jobs/compactor.ts';
import { parentPort } from './platform/parent-port.ts';

/** The program that merges files and makes rollups of them, apart from the process that answers viewports. */
const port = parentPort();
let engine: Promise<Engine> | undefined;

let last: Promise<void> = Promise.resolve();

// One after the other: they share an engine, and each would take all of its memory.
port.onMessage((message) => {
  last = last.then(() => serve(message as CompactorRequest));
});

async function serve({ id, threads, memoryLimit, task }: CompactorRequest): Promise<void> {
  try {
    engine ??= createEngine({ threads, memoryLimit, trustsFileNames: false });
    reply({ id, ok: true, result: await perform(await engine, task) });
  } catch (error) {
    reply({ id, ok: false, ...(await wordedFailure(error, task)) });
  }
}

/** Names the files that the work failed for, where it did. */
async function wordedFailure(
  error: unknown,
  task: CompactorTask,
): Promise<{ code: ErrorCode; message: string }> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RowsDiffer) return { code: 'compaction-unverified', message };
  const code = errorCodeOf(message);
  const unreadable = code === 'disk-full' || engine === undefined ? [] : await findFaults(await engine, task);
  if (unreadable.length === 0) return { code, message: fileFault(error) };
  return {
    code,
    message: unreadable.map(({ path, reason }) => `${path} cannot be read: ${reason}`).join('; '),
  };
}

/** Files of other programs have columns of their own. */
async function findFaults(engine: Engine, task: CompactorTask): Promise<readonly UnreadableFile[]> {
  const [dataset, inputs, foreign] = inputsOf(task);
  const ours = inputs.filter((path) => !foreign.includes(path));
  return [
    ...(await findUnreadable(engine, ours, Object.keys(dataset.columns))),
    ...(await findUnreadable(engine, foreign, [])),
  ];
}

function inputsOf(task: CompactorTask): readonly [Dataset, readonly string[], readonly string[]] {
  switch (task.kind) {
    case 'merge':
      return [datasetNamed(task.dataset), task.merge.inputs, Object.keys(task.merge.shapes ?? {})];
    case 'roll-up': {
      const { sources } = task.rollUp;
      return [
        candles,
        sources.flatMap(({ paths }) => paths),
        sources.flatMap(({ shapes }) => shapes.map(([path]) => path)),
      ];
    }
    case 'try':
      return [datasetNamed(task.trial.dataset), task.trial.inputs.map(({ path }) => path), []];
  }
}

function perform(engine: Engine, task: CompactorTask): Promise<unknown> {
  switch (task.kind) {
    case 'merge':
      return mergeFiles(engine, datasetNamed(task.dataset), task.merge);
    case 'roll-up':
      return rollUpFiles(engine, task.rollUp);
    case 'try':
      return tryCompression(engine, datasetNamed(task.trial.dataset), task.trial);
  }
}

function datasetNamed(name: string) {
  const dataset = findDataset(name);
  if (dataset === undefined) throw new Error(`There is no dataset ${name}`);
  return dataset;
}

function reply(message: CompactorReply): void {
  port.post(message);
}
