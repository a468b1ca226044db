import { walFolder } from './layout.ts';
import type { Store } from './store.ts';

const intervalMs = 1_000;
/** Of the time that goes by, at most this share is spent on reading the log anew. */
const busiestShare = 0.1;

/**
 * Lets a reader take in what the owner has committed, by looking at the log once a second: events of the file system do
 * not come from other machines. `afterLook` is called each time. Answers how to end it.
 */
export function followLog(store: Store, afterLook: () => Promise<void>): () => Promise<void> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  let seen: string | undefined;

  const look = async () => {
    const startedMs = performance.now();
    try {
      const mark = await markOf(store);
      if (seen !== mark) await store.refresh();
      seen = mark;
      await afterLook();
    } catch {
      // A share that is away for a while; whoever reads meanwhile is told why that fails.
    }
    const tookMs = performance.now() - startedMs;
    if (!isOver) timer = setTimeout(begin, Math.max(intervalMs, tookMs / busiestShare));
  };
  const begin = () => {
    looking = look();
  };
  begin();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await looking;
  };
}

/** Differs whenever the log does: segments are only ever begun, added to and dropped. */
async function markOf({ fs }: Store): Promise<string> {
  const segments = (await fs.list(walFolder)).map(
    async ({ name }) => `${name} ${await fs.size(`${walFolder}/${name}`)}`,
  );
  return (await Promise.all(segments)).sort().join('\n');
}
