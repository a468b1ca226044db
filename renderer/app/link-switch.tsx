import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { CommandButton } from '../panels/command-button.tsx';
import { linkWindows } from '../state/commands/window-commands.ts';
import { useWorkbench } from '../state/use-workbench.ts';

/** Ties this window to the others that are linked: one symbol, one time, one inspected object for all of them. */
export function LinkSwitch() {
  const isLinked = useWorkbench((state) => state.window.isLinked);
  return (
    <CommandButton
      command={linkWindows}
      aria-label={linkWindows.title}
      title={
        isLinked
          ? 'Linked: this window and the other linked ones show the same symbol and time. Click to let it go.'
          : 'Link this window with other linked ones: the same symbol and time in all of them'
      }
    >
      {isLinked ? <IconLink size={16} /> : <IconLinkOff size={16} />}
    </CommandButton>
  );
}
