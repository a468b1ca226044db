import { join } from 'node:path';
import { createTextFile, type TextFile } from '../platform/text-file.ts';
import { firstKey } from './remembered-windows.ts';

/** What one window keeps from run to run. */
export interface WindowFiles {
  readonly workspace: TextFile;
  readonly places: TextFile;
}

export interface WorkspaceFiles {
  /** Always the same for the same key, so that saves come one after the other. */
  readonly of: (key: string) => WindowFiles;
  /** Of all windows. */
  readonly layouts: TextFile;
  readonly settled: () => Promise<void>;
}

/** The files that windows keep below `userData`. The first window's have the plain names. */
export function workspaceFiles(userData: string): WorkspaceFiles {
  const known = new Map<string, WindowFiles>();
  const layouts = createTextFile(join(userData, 'layouts.json'));
  return {
    layouts,
    of(key) {
      const end = key === firstKey ? '' : `-${key}`;
      const files = known.get(key) ?? {
        workspace: createTextFile(join(userData, `workspace${end}.json`)),
        places: createTextFile(join(userData, `window${end}.json`)),
      };
      known.set(key, files);
      return files;
    },
    async settled() {
      const files = [...known.values()].flatMap(({ workspace, places }) => [workspace, places]);
      await Promise.all([layouts, ...files].map((each) => each.settled()));
    },
  };
}
