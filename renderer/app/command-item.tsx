import type { ReactNode } from 'react';
import { KeyCaps } from '../panels/key-caps.tsx';
import type { Command } from '../state/commands/command.ts';
import { useWorkbench, useWorkbenchStore } from '../state/use-workbench.ts';
import { MenuItem } from '../ui/menu-items.tsx';

export interface CommandItemProps {
  readonly command: Command;
  readonly icon: ReactNode;
  /** Closes the menu. */
  readonly onDone: () => void;
}

/** A command as an entry of a menu, with its key. */
export function CommandItem({ command, icon, onDone }: CommandItemProps) {
  const store = useWorkbenchStore();
  const isEnabled = useWorkbench((state) => command.isEnabled?.(state) ?? true);
  const [first] = command.shortcuts ?? [];
  return (
    <MenuItem
      icon={icon}
      isDisabled={!isEnabled}
      end={first === undefined ? null : <KeyCaps shortcut={first} />}
      onChoose={() => {
        onDone();
        void command.run(store, '');
      }}
    >
      {command.title}
    </MenuItem>
  );
}
