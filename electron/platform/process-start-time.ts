import { readFile } from 'node:fs/promises';

/**
 * When a process started, in the system's own count, so that a reused pid is told from the process that had it before.
 * Null when there is no such process; an empty text where the system does not tell.
 */
export async function processStartTime(pid: number): Promise<string | null> {
  if (!isAlive(pid)) return null;
  if (process.platform !== 'linux') return '';
  try {
    const fields = await fieldsOf(pid);
    // A zombie is dead; it waits for a parent that may never ask, as in a container whose first process is no init.
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? '');
  } catch {
    return null;
  }
}

/** Whether a process was told to stop and not yet to go on, as by Ctrl-Z; false where the system does not tell. */
export async function isStopped(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const [state] = await fieldsOf(pid).catch(() => []);
  return state === 'T' || state === 't';
}

/** State and what follows; the start time is the twentieth of them. */
async function fieldsOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name in brackets and may hold anything.
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** True while a process of that number runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
