import { createEngine, type Engine } from './engine/engine.ts';
import type { ExporterReply, ExporterRequest, ExporterTask } from './exports/export-work.ts';
import { lookAtExport, writeExport } from './exports/write-export.ts';
import { parentPort } from './platform/parent-port.ts';
import { programFault } from './program-fault.ts';

/** The program that exports, apart from the process that answers viewports. It does one thing at a time. */
const port = parentPort();
let engine: Promise<Engine> | undefined;

const engineOptions = { threads: 2, memoryLimit: '2GB', trustsFileNames: false };

port.onMessage((message) => void serve(message as ExporterRequest));

async function serve({ id, task }: ExporterRequest): Promise<void> {
  try {
    engine ??= createEngine(engineOptions);
    reply({ id, kind: 'done', result: await perform(await engine, id, task) });
  } catch (error) {
    reply({ id, kind: 'failed', ...programFault(error) });
  }
}

function perform(using: Engine, id: number, task: ExporterTask): Promise<unknown> {
  if (task.kind === 'look') return lookAtExport(using, task.work);
  return writeExport(using, task.work, task, (progress) => reply({ id, kind: 'progress', progress }));
}

function reply(message: ExporterReply): void {
  port.post(message);
}
