import {
  blankImportForm,
  importDraft,
  readImportForm,
  writeImportForm,
  type ImportForm,
} from '../data/import-form.ts';
import { problemOf } from '../data/problem.ts';
import type { WorkbenchStore } from './store.ts';

/**
 * Opens the sheet of an import with what is known beforehand: the symbol and timeframe whose bars are wanted, or the
 * range of them.
 */
export function beginImport(store: WorkbenchStore, given: Partial<ImportForm>): void {
  const { workspace, overlay } = store.getState();
  workspace.setDraft(importDraft, writeImportForm({ ...blankImportForm, ...given }));
  overlay.show('import');
}

/** Opens the sheet with files. What was said of others before does not hold for them; what was asked for does. */
export function importThese(store: WorkbenchStore, files: readonly string[]): void {
  const { workspace, overlay } = store.getState();
  const form = readImportForm(workspace.drafts[importDraft] ?? '');
  const { onConflict, from, until } = form;
  const isFirst = overlay.open === 'import' && form.files.length === 0;
  if (isFirst) beginImport(store, { ...form, files });
  else if (overlay.open === 'import') beginImport(store, { files, onConflict, from, until });
  else beginImport(store, { files });
}

/** Asks for files or a folder, and opens the sheet with them. */
export async function chooseImports(store: WorkbenchStore, kind: 'files' | 'folder'): Promise<void> {
  const { window } = store.getState();
  try {
    const chosen = await window.main.chooseImports({ kind });
    if (chosen !== null) importThese(store, chosen.paths);
  } catch (error) {
    window.say({ tone: 'bad', text: problemOf(error).message });
  }
}
