import { useDraft } from './use-draft.ts';
import type { WorkbenchState } from './store.ts';

/** Which view of a panel is chosen, also after a restart; the first one until somebody chooses. */
export function usePanelView<View extends string>(
  panel: string,
  views: readonly [View, ...View[]],
): readonly [View, (view: View) => void] {
  const [kept, setKept] = useDraft(draftOf(panel));
  return [views.find((each) => each === kept) ?? views[0], setKept];
}

/** Brings a panel to the front, with one of its views. */
export function showPanelView({ workspace }: WorkbenchState, panel: string, view: string): void {
  workspace.setDraft(draftOf(panel), view);
  workspace.ask({ kind: 'show', panel });
}

/** Empty until somebody chose one. */
export function chosenView({ workspace }: WorkbenchState, panel: string): string {
  return workspace.drafts[draftOf(panel)] ?? '';
}

function draftOf(panel: string): string {
  return `${panel}-view`;
}
