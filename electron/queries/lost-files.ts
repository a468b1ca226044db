import type { UnreadableFile } from '#shared/domain/viewport';
import type { Store } from '../storage/store.ts';

/** A file may vanish under who reads it, and what took its place after it; one looks again this often. */
export const mostLooks = 8;

/**
 * Tells files that were lost or damaged from those that were replaced while one question was answered. An owner keeps
 * what is pinned where it is. Everybody else finds a file gone before they can know why: the log says so then, and only
 * what it still counts on is lost.
 */
export class LostFiles {
  readonly #store: Store;
  readonly #known = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether all of these are to be named; otherwise the store is as it stands now, and has to be read once more. */
  async areLost(unreadable: readonly UnreadableFile[]): Promise<boolean> {
    const { catalog } = this.#store;
    const isOwner = this.#store.access === 'owner';
    const isLost = ({ path }: UnreadableFile) => catalog.isOnDisk(path) && (isOwner || this.#known.has(path));
    if (unreadable.every(isLost)) return true;
    await this.#store.refresh();
    for (const { path } of unreadable) {
      if (this.#store.catalog.isOnDisk(path)) this.#known.add(path);
    }
    return false;
  }
}
