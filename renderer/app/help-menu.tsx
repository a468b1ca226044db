import { IconHelp, IconInfoCircle, IconKeyboard, IconSearch } from '@tabler/icons-react';
import { openAbout, openPalette, openShortcuts } from '../state/commands/help-commands.ts';
import { CommandItem } from './command-item.tsx';
import { DropDown } from './drop-down.tsx';
import { MenuItems } from '../ui/menu-items.tsx';

/** Where to look when one does not know how. */
export function HelpMenu() {
  return (
    <DropDown menu="help" title="Help" label={<IconHelp size={16} aria-label="Help" />}>
      {(close) => (
        <MenuItems label="Help">
          <CommandItem command={openPalette} icon={<IconSearch size={14} />} onDone={close} />
          <CommandItem command={openShortcuts} icon={<IconKeyboard size={14} />} onDone={close} />
          <CommandItem command={openAbout} icon={<IconInfoCircle size={14} />} onDone={close} />
        </MenuItems>
      )}
    </DropDown>
  );
}
