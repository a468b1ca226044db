import type { Fs } from './fs.ts';

/** The same file system, where every byte that is written is told, also of files that other means have written. */
export function meteredFs(fs: Fs, onWritten: (sizeBytes: number) => void): Fs {
  return {
    ...fs,
    async create(path) {
      const file = await fs.create(path);
      return {
        ...file,
        async write(bytes) {
          await file.write(bytes);
          onWritten(bytes.length);
        },
      };
    },
    async syncFile(path) {
      await fs.syncFile(path);
      onWritten((await fs.size(path)) ?? 0);
    },
  };
}
