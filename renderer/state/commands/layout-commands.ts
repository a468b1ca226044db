import { layoutSettingsOf, type SavedLayout } from '../layouts-slice.ts';
import type { WorkbenchState, WorkbenchStore } from '../store.ts';
import { isWorkbench, type Command } from './command.ts';

/** Saves how the window is arranged, in place of what had that name. */
export function saveLayout(store: WorkbenchStore, name: string): void {
  const { workspace, settings, layouts } = store.getState();
  layouts.save({ name, panels: workspace.layout, settings: layoutSettingsOf(settings) });
}

/** Arranges the window as it was saved. What the chart shows, and when, stays. */
export function openLayout(store: WorkbenchStore, { panels, settings }: SavedLayout): void {
  const state = store.getState();
  state.settings.change(settings);
  state.workspace.ask({ kind: 'arrange', panels });
}

export const resetPanels: Command = {
  id: 'layout.reset',
  title: 'Put the panels back where they belong',
  section: 'Layouts',
  words: 'reset default layout usual',
  isEnabled: isWorkbench,
  run: (store) => store.getState().workspace.ask({ kind: 'arrange', panels: null }),
};

export const manageLayouts: Command = {
  id: 'layout.menu',
  title: 'Save, rename and delete layouts…',
  section: 'Layouts',
  words: 'layout save as new',
  isEnabled: isWorkbench,
  run: (store) => store.getState().overlay.show('layouts'),
};

export const layoutCommands: readonly Command[] = [manageLayouts, resetPanels];

/** One for each layout that was saved. */
export function savedLayoutCommands({ layouts }: WorkbenchState): readonly Command[] {
  return layouts.list.map(openCommand);
}

/** Arranges the window as the layout has it. Its id is made of the layout's name, and changes with it. */
export function openCommand(layout: SavedLayout): Command {
  return {
    id: `layout.open.${layout.name}`,
    title: `Open the layout ${layout.name}`,
    section: 'Layouts',
    words: 'saved arrangement',
    isEnabled: isWorkbench,
    run: (store) => openLayout(store, layout),
  };
}
