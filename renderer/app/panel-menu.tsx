import { IconAppWindow, IconX } from '@tabler/icons-react';
import { useWorkbenchStore } from '../state/use-workbench.ts';
import { ContextMenu } from '../ui/context-menu.tsx';
import { MenuItem, MenuItems } from '../ui/menu-items.tsx';
import { panelCommandsOf } from './panel-commands.ts';
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
  const commands = panelCommandsOf(panel);
  if (commands === undefined) return null;
  const choose = (run: (typeof commands)['close']['run']) => () => {
    onClose();
    void run(store, '');
  };
  return (
    <ContextMenu x={x} y={y} onClose={onClose}>
      <MenuItems label={`${title} panel`}>
        <MenuItem icon={<IconAppWindow size={14} />} onChoose={choose(commands.takeOut.run)}>
          Open in a new window
        </MenuItem>
        {panel !== 'chart' && (
          <MenuItem icon={<IconX size={14} />} onChoose={choose(commands.close.run)}>
            Close
          </MenuItem>
        )}
      </MenuItems>
      {panel === 'chart' && <ShareItems onDone={onClose} />}
    </ContextMenu>
  );
}
