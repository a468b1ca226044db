import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A copy of a runtime of ours as Electron releases it, without the default app, for packaging.
 *
 * @param {string} executable
 */
export function cleanRuntime(executable) {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-runtime-'));
  const source = dirname(executable);
  cpSync(source, folder, { recursive: true, filter: (path) => path !== join(source, 'resources', 'app') });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
