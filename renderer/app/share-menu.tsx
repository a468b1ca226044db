import {
  IconAppWindow,
  IconFileExport,
  IconLink,
  IconPhoto,
  IconPhotoDown,
  IconShare2,
} from '@tabler/icons-react';
import { exportShown } from '../state/commands/export-commands.ts';
import { copyImage, copyLink, newWindow, saveImage } from '../state/commands/window-commands.ts';
import { CommandItem } from './command-item.tsx';
import { DropDown } from './drop-down.tsx';
import { MenuItems } from '../ui/menu-items.tsx';

/** Takes what the chart shows elsewhere: as a link, as a picture, into another window. */
export function ShareMenu() {
  return (
    <DropDown
      menu="share"
      title="Links, pictures and windows"
      label={<IconShare2 size={16} aria-label="Share" />}
    >
      {(close) => <ShareItems onDone={close} />}
    </DropDown>
  );
}

const entries = [
  { command: copyLink, icon: <IconLink size={14} /> },
  { command: copyImage, icon: <IconPhoto size={14} /> },
  { command: saveImage, icon: <IconPhotoDown size={14} /> },
  { command: exportShown, icon: <IconFileExport size={14} /> },
  { command: newWindow, icon: <IconAppWindow size={14} /> },
] as const;

/** The entries alone, for other menus of the chart. */
export function ShareItems({ onDone }: { readonly onDone: () => void }) {
  return (
    <MenuItems label="Share">
      {entries.map(({ command, icon }) => (
        <CommandItem key={command.id} command={command} icon={icon} onDone={onDone} />
      ))}
    </MenuItems>
  );
}
