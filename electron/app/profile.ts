import { app } from 'electron';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepLeftovers } from './sweep-leftovers.ts';

const start = 'tapedeck-picture-';

/**
 * Runs this process apart from a window that may be open: what it remembers is new, and is not kept.
 * For pictures, which must not depend on what the user did last.
 */
export function usePrivateProfile(): void {
  // Chromium writes into it to the very end, so it is the next picture that removes it.
  sweepLeftovers(tmpdir(), start);
  app.setPath('userData', mkdtempSync(join(tmpdir(), `${start}${process.pid}-`)));
}
