import { createEngine } from './engine/engine.ts';
import { createImportSteps, type ImportSteps } from './imports/files/import-session.ts';
import type { ImporterReply, ImporterRequest, ReadProgress } from './imports/files/import-work.ts';
import { parentPort } from './platform/parent-port.ts';
import { programFault } from './program-fault.ts';

/** The program that reads files of others, apart from the process that answers viewports. It does one import at a time. */
const port = parentPort();
const engineOptions = { threads: 2, memoryLimit: '1GB', trustsFileNames: false };
const progressIntervalMs = 100;
let steps: Promise<ImportSteps> | undefined;

port.onMessage((message) => void serve(message as ImporterRequest));

async function serve(request: ImporterRequest): Promise<void> {
  const { id } = request;
  try {
    steps ??= createEngine(engineOptions).then(createImportSteps);
    reply({ id, kind: 'done', result: await perform(await steps, request) });
  } catch (error) {
    reply({ id, kind: 'failed', ...programFault(error) });
  }
}

function perform(using: ImportSteps, { id, task }: ImporterRequest): Promise<unknown> {
  switch (task.kind) {
    case 'read':
      return using.read(task, telling(id));
    case 'compare':
      return using.compare(task);
    case 'write':
      return using.write(task, telling(id));
  }
}

/** Often enough for a bar that fills, seldom enough to cost nothing. */
function telling(id: number): (progress: Partial<ReadProgress>) => void {
  let nextMs = 0;
  return (progress) => {
    const now = Date.now();
    if (now < nextMs) return;
    nextMs = now + progressIntervalMs;
    reply({ id, kind: 'progress', progress });
  };
}

function reply(message: ImporterReply): void {
  port.post(message);
}
