import { IconAppWindow, IconX } from '@tabler/icons-react';
import { openWindow } from '../state/share-commands.ts';
import { useWorkbenchStore } from '../state/use-workbench.ts';
import { ContextMenu } from './context-menu.tsx';
import { MenuItem, MenuItems } from './menu-items.tsx';
import { ShareItems } from './share-menu.tsx';

/** Where the menu of a panel was asked for. */
export interface PanelMenuRequest {
  readonly panel: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

export interface PanelMenuProps {
  readonly request: PanelMenuRequest;
  readonly onClose: () => void;
}

/** What can be done with a panel: take it out into a window of its own, or close it; and what a chart shares. */
export function PanelMenu({ request: { panel, title, x, y }, onClose }: PanelMenuProps) {
  const store = useWorkbenchStore();
  const takeOut = async () => {
    onClose();
    const isOpened = await openWindow(store, panel);
    // A second chart stands beside the first; any other panel moves.
    if (isOpened && panel !== 'chart') store.getState().workspace.ask({ kind: 'hide', panel });
  };
  return (
    <ContextMenu x={x} y={y} onClose={onClose}>
      <MenuItems label={`${title} panel`}>
        <MenuItem icon={<IconAppWindow size={14} />} onChoose={() => void takeOut()}>
          Open in a new window
        </MenuItem>
        {panel !== 'chart' && (
          <MenuItem
            icon={<IconX size={14} />}
            onChoose={() => {
              onClose();
              store.getState().workspace.ask({ kind: 'hide', panel });
            }}
          >
            Close
          </MenuItem>
        )}
      </MenuItems>
      {panel === 'chart' && <ShareItems onDone={onClose} />}
    </ContextMenu>
  );
}
