import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { StartChild } from './child.ts';

/** Starts programs of ours as children of plain Node. `folder` holds the built programs. */
export function forkFrom(folder: string): StartChild {
  return (program) => {
    const child = fork(join(folder, `${program}.cjs`), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Buffers cross as they do between Electron's processes.
      serialization: 'advanced',
    });
    if (program !== 'sql' && child.pid !== undefined) yieldToOthers(child.pid);
    return {
      post: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.once('exit', (code, signal) => listener(signal ?? `exit code ${code ?? 'unknown'}`));
        child.once('error', (error) => listener(error.message));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

/** Lets what a user waits for go first. A child that has ended already is told of as one that ended. */
function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SYSTEM_ERROR') throw error;
  }
}
