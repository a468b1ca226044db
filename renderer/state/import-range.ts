import { blankImportForm, importDraft, writeImportForm } from '../data/import-form.ts';
import { importFiles } from './commands/import-commands.ts';
import type { WorkbenchStore } from './store.ts';

export interface ImportRange {
  readonly symbol: string;
  readonly timeframe: string;
  /** Half-open, ms UTC. */
  readonly from: number;
  readonly until: number;
}

/** Begins an import of the bars of a range alone; the files are chosen there. */
export function importRange(store: WorkbenchStore, range: ImportRange): void {
  store.getState().workspace.setDraft(importDraft, writeImportForm({ ...blankImportForm, ...range }));
  void importFiles.run(store, '');
}
