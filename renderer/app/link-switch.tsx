import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { useWorkbench } from '../state/use-workbench.ts';
import { TextButton } from '../ui/text-button.tsx';

/** Ties this window to the others that are linked: one symbol, one time, one inspected object for all of them. */
export function LinkSwitch() {
  const isLinked = useWorkbench((state) => state.window.isLinked);
  const setLinked = useWorkbench((state) => state.window.setLinked);
  return (
    <TextButton
      isOn={isLinked}
      aria-label="Link with other windows"
      title={
        isLinked
          ? 'Linked: this window and the other linked ones show the same symbol and time. Click to let it go.'
          : 'Link this window with other linked ones: the same symbol and time in all of them'
      }
      onClick={() => setLinked(!isLinked)}
    >
      {isLinked ? <IconLink size={16} /> : <IconLinkOff size={16} />}
    </TextButton>
  );
}
