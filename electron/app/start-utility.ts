import { app, utilityProcess } from 'electron';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { ChildProgram, StartChild } from '../platform/child.ts';

const killGraceMs = 2_000;
/** Chromium tells why a process ended a little before or after Electron tells that it did. */
const reasonDelayMs = 50;

let started = 0;

/** Starts a program of ours apart from the window's process. `folder` holds the built programs. */
export function startUtilityFrom(folder: string): StartChild {
  return (program) => {
    const serviceName = `tapedeck-${program}-${++started}`;
    const child = utilityProcess.fork(join(folder, `${program}.cjs`), [], { serviceName, stdio: 'inherit' });
    child.once('spawn', () => lowerPriority(program, child.pid));

    let reason: string | null = null;
    const onGone = (_event: unknown, details: Electron.Details) => {
      if (details.name === serviceName) reason = details.reason;
    };
    app.on('child-process-gone', onGone);

    let hasExited = false;
    const listeners: ((reason: string) => void)[] = [];
    child.once('exit', (code) => {
      setTimeout(() => {
        hasExited = true;
        app.off('child-process-gone', onGone);
        for (const listener of listeners) listener(reason ?? `exit code ${code}`);
      }, reasonDelayMs);
    });

    return {
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void listeners.push(listener),
      kill: () => {
        const { pid } = child;
        child.kill();
        // Native code that never returns to its event loop does not see the polite signal.
        setTimeout(() => {
          if (!hasExited && pid !== undefined) killForGood(pid);
        }, killGraceMs).unref();
      },
    };
  };
}

/** What the user waits for goes first. The user's own SQL is such a thing. */
function lowerPriority(program: ChildProgram, pid: number | undefined): void {
  if (program !== 'sql' && pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
}

function killForGood(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
