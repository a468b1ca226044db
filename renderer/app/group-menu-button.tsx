import { IconDots } from '@tabler/icons-react';
import type { IDockviewHeaderActionsProps } from 'dockview-react';
import { useCallback, useState } from 'react';
import { TextButton } from '../ui/text-button.tsx';
import { PanelMenu, type PanelMenuRequest } from './panel-menu.tsx';

/** The menu of the panel in front, for those who do not look for it behind the right button of the mouse. */
export function GroupMenuButton({ activePanel }: IDockviewHeaderActionsProps) {
  const [menu, setMenu] = useState<PanelMenuRequest | null>(null);
  const close = useCallback(() => setMenu(null), []);
  if (activePanel === undefined) return null;
  const { id, title = id } = activePanel;
  return (
    <>
      <TextButton
        className="group-menu"
        aria-label={`${title}: panel menu`}
        aria-haspopup="menu"
        aria-expanded={menu !== null}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setMenu({ panel: id, title, x: left, y: bottom });
        }}
      >
        <IconDots size={14} />
      </TextButton>
      {menu !== null && <PanelMenu request={menu} onClose={close} />}
    </>
  );
}
