import type { Timeframe } from '#shared/domain/timeframe';
import { candles } from '#schemas/datasets/candles';
import type { PartitionLocks } from '../partition-locks.ts';

const pollMs = 200;

/**
 * Takes the locks of all years that bars lie in, one after the other, and answers how to give them back. While another
 * job works on one of them it waits: what was read need not be read again.
 */
export async function waitForYears(
  locks: PartitionLocks,
  timeframe: Timeframe,
  { first, last }: { readonly first: number | null; readonly last: number | null },
  onStep: (doing: string) => void,
  signal: AbortSignal,
): Promise<() => void> {
  const taken: (() => void)[] = [];
  const unlock = () => {
    for (const give of taken) give();
  };
  if (first === null || last === null) return unlock;
  const [from, through] = [new Date(first).getUTCFullYear(), new Date(last).getUTCFullYear()];
  try {
    for (let year = from; year <= through; year += 1) {
      const partition = { dataset: candles, timeframe, period: String(year) };
      for (let lock = locks.tryTake(partition); ; lock = locks.tryTake(partition)) {
        signal.throwIfAborted();
        if (lock !== null) {
          taken.push(lock);
          break;
        }
        onStep(`Waiting for another job on ${timeframe} bars of ${year}`);
        await new Promise((resume) => setTimeout(resume, pollMs));
      }
    }
  } catch (error) {
    unlock();
    throw error;
  }
  return unlock;
}
