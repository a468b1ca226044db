import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../platform/process-start-time.ts';

/** Removes what processes that ended left in `folder`: names of `start`, then the process id. */
export function sweepLeftovers(folder: string, start: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(start)) continue;
    const pid = Number.parseInt(name.slice(start.length), 10);
    if (pid !== process.pid && !isAlive(pid)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
