import { fixedCommands } from './commands/index.ts';
import type { WorkbenchStore } from './store.ts';

export interface ImportRange {
  readonly symbol: string;
  readonly timeframe: string;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
}

const importCommand = fixedCommands.find(({ id }) => id === 'store.import');

/** Whether this window can import files. */
export const canImport = importCommand !== undefined;

/** Begins an import of the bars of a range alone; the files are chosen there. */
export function importRange(store: WorkbenchStore, range: ImportRange): void {
  store.getState().workspace.setDraft('import', JSON.stringify(range));
  void importCommand?.run(store, '');
}
