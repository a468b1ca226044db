/** Files that are asked for or moved at once: each waits for the disk by itself, and more would only queue up. */
const atOnce = 64;

/**
 * Does the same for every item, some at a time, and answers what came of each. After a failure no more are begun; it is
 * thrown once those under way are over.
 */
export async function inBatches<T, R>(
  items: readonly T[],
  act: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    for (const settled of await Promise.allSettled(items.slice(start, start + atOnce).map(act))) {
      if (settled.status === 'rejected') throw settled.reason;
      results.push(settled.value);
    }
  }
  return results;
}
