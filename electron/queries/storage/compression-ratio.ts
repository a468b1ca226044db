import { join } from 'node:path';
import { compressionOf, type Compression } from '../../engine/compression-of.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Store } from '../../storage/store.ts';

/** Encoded bytes to compressed ones over the newest merged files, by their own footers; null where there are none. */
export type CompressionRatio = () => Promise<number | null>;

const measuredFiles = 200;

/** Reads a file once. When a new one cannot be read, the ratio is of those that were read before. */
export function createCompressionRatio(store: Store, folder: string, engine: Engine): CompressionRatio {
  // Files never change, so each is measured once.
  const measured = new Map<string, Compression>();
  return async () => {
    const files = store.catalog
      .presentFiles()
      .filter(({ level }) => level !== 'part')
      .sort((a, b) => b.sequence - a.sequence)
      .slice(0, measuredFiles)
      .map(({ path }) => join(folder, path));
    const unknown = files.filter((path) => !measured.has(path));
    const release = store.pin();
    try {
      for (const [path, found] of await compressionOf(engine, unknown)) measured.set(path, found);
    } catch {
      // A file that is gone or damaged: `health` and `verify` say which.
    } finally {
      release();
    }
    const known = files.flatMap((path) => measured.get(path) ?? []);
    const compressed = known.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0);
    const encoded = known.reduce((sum, { encodedBytes }) => sum + encodedBytes, 0);
    return compressed === 0 ? null : encoded / compressed;
  };
}
