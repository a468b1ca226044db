import { writeFile } from 'node:fs/promises';

const intervalMs = 25;

/** Calls back, once, when this process holds more than a number of bytes. Hands back how to stop watching. */
export function watchMemory(limitBytes: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() <= limitBytes) return;
    clearInterval(timer);
    onExceeded();
  }, intervalMs);
  return () => clearInterval(timer);
}

/** Asks the system to end this process first when the machine runs out of memory. Only Linux can be asked. */
export async function endMeFirst(): Promise<void> {
  if (process.platform === 'linux')
    await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
}
