import { panels } from '../panels/index.ts';
import type { Panel } from '../panels/define-panel.ts';
import { isWorkbench, type Command } from '../state/commands/command.ts';
import { openWindow } from '../state/share-commands.ts';
import type { WorkbenchState, WorkbenchStore } from '../state/store.ts';

/** What can be done with a panel: shown here, closed, or given a window of its own. */
export interface PanelCommands {
  readonly id: string;
  readonly title: string;
  readonly show: Command;
  readonly close: Command;
  readonly takeOut: Command;
}

export const panelCommands: readonly PanelCommands[] = panels.map(commandsFor);

/** By the id of the panel; undefined for one that no panel has. */
export function panelCommandsOf(panel: string): PanelCommands | undefined {
  return panelCommands.find(({ id }) => id === panel);
}

function commandsFor({ id, title }: Panel): PanelCommands {
  const isOpen = ({ workspace }: WorkbenchState) => workspace.openPanels.includes(id);
  return {
    id,
    title,
    show: {
      id: `panel.show.${id}`,
      title: `Show ${title}`,
      section: 'Panels',
      words: 'panel open view',
      isEnabled: isWorkbench,
      isOn: isOpen,
      run: (store) => store.getState().workspace.ask({ kind: 'show', panel: id }),
    },
    close: {
      id: `panel.close.${id}`,
      title: `Close ${title}`,
      section: 'Panels',
      words: 'panel hide',
      isEnabled: (state) => isWorkbench(state) && isOpen(state),
      run: (store) => store.getState().workspace.ask({ kind: 'hide', panel: id }),
    },
    takeOut: {
      id: `panel.take-out.${id}`,
      title: `Open ${title} in a new window`,
      section: 'Panels',
      words: 'panel pop out monitor',
      isEnabled: isWorkbench,
      run: (store) => takeOut(store, id),
    },
  };
}

async function takeOut(store: WorkbenchStore, panel: string): Promise<void> {
  const isOpened = await openWindow(store, panel);
  // A second chart stands beside the first; any other panel moves.
  if (isOpened && panel !== 'chart') store.getState().workspace.ask({ kind: 'hide', panel });
}
