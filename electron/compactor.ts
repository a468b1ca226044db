import { findDataset } from '#schemas/index';
import { createEngine, type Engine } from './engine/engine.ts';
import { errorCodeOf } from './engine/error-code.ts';
import { mergeFiles, MergeUnverified } from './engine/merge-files.ts';
import { rollUpFiles } from './engine/roll-up-files.ts';
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
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof MergeUnverified ? 'compaction-unverified' : errorCodeOf(message);
    reply({ id, ok: false, code, message });
  }
}

function perform(engine: Engine, task: CompactorTask): Promise<unknown> {
  return task.kind === 'merge'
    ? mergeFiles(engine, datasetNamed(task.dataset), task.merge)
    : rollUpFiles(engine, task.rollUp);
}

function datasetNamed(name: string) {
  const dataset = findDataset(name);
  if (dataset === undefined) throw new Error(`There is no dataset ${name}`);
  return dataset;
}

function reply(message: CompactorReply): void {
  port.post(message);
}
