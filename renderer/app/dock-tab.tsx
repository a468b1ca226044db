import { IconX } from '@tabler/icons-react';
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { closePanel } from './dock-layout.ts';

/**
 * The tab of a panel. Its cross is for the mouse alone: a button within a tab confuses screen readers, and the keyboard
 * closes panels by Delete or through the panels menu.
 */
export function DockTab({ api, containerApi }: IDockviewPanelHeaderProps) {
  const close = () => closePanel(containerApi, api.id);
  return (
    <span
      className="dock-tab"
      onAuxClick={(event) => {
        if (event.button === 1) close();
      }}
    >
      {api.title}
      <span
        className="dock-tab-close"
        aria-hidden
        title="Close"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={close}
      >
        <IconX size={12} />
      </span>
    </span>
  );
}
