import { WorkbenchError } from '#shared/errors';
import type { VerifyProgress, VerifyReport } from '#shared/domain/verify-report';
import type { VerifyRequest } from '#shared/ipc';
import { createEngine } from '../../engine/engine.ts';
import { repairStore, type RepairParts } from './repair-store.ts';
import { verifyStore } from './verify-store.ts';

export interface Verify {
  readonly run: (
    request: VerifyRequest,
    onProgress: (progress: VerifyProgress) => void,
    signal?: AbortSignal,
  ) => Promise<VerifyReport>;
}

/** Checks a store, and repairs what was found if asked to. One check at a time: two would find each other's work. */
export function createVerify(parts: RepairParts): Verify {
  let isRunning = false;
  return {
    async run({ deep = false, repair = false }, onProgress, signal) {
      if (repair && parts.store.access !== 'owner')
        throw new WorkbenchError('store-read-only', 'The store is open for reading only');
      if (isRunning) throw new WorkbenchError('busy', 'The store is being checked already');
      isRunning = true;
      // An instance of its own with one thread: viewports neither wait for it nor lose their cache to it.
      const engine = await createEngine({ threads: 1, memoryLimit: '512MB', trustsFileNames: true });
      try {
        const report = await verifyStore({ ...parts, engine }, { isDeep: deep }, onProgress, signal);
        return repair ? await repairStore(parts, report, signal) : report;
      } finally {
        isRunning = false;
        engine.close();
      }
    },
  };
}
