import { useCallback } from 'react';
import { useWorkbench } from './use-workbench.ts';

/** The text of a field, under a name of its own, so that it outlives a crash. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const text = useWorkbench((state) => state.workspace.drafts[name] ?? '');
  const setDraft = useWorkbench((state) => state.workspace.setDraft);
  return [text, useCallback((typed: string) => setDraft(name, typed), [setDraft, name])];
}
