import type { Command } from '../state/commands/command.ts';
import { changingCommands, fixedCommands } from '../state/commands/index.ts';
import type { WorkbenchState, WorkbenchStore } from '../state/store.ts';
import { panelCommands } from './panel-commands.ts';

/** Every command there is in a window, those that cannot be run just now included. */
export function allCommands(state: WorkbenchState): readonly Command[] {
  const ofPanels = panelCommands.flatMap(({ show, close, takeOut }) => [show, close, takeOut]);
  return [...fixedCommands, ...ofPanels, ...changingCommands(state)];
}

/** Whether a command can be run just now; one that does not say can always be. */
export function isEnabled(command: Command, state: WorkbenchState): boolean {
  return command.isEnabled?.(state) ?? true;
}

/** Runs the command of that name, if there is one and it can be run. */
export function runById(store: WorkbenchStore, id: string): void {
  const state = store.getState();
  const command = allCommands(state).find((each) => each.id === id);
  if (command !== undefined && isEnabled(command, state)) void command.run(store, '');
}
