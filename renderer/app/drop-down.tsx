import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { OverlayId } from '../state/overlay-slice.ts';
import { useWorkbench } from '../state/use-workbench.ts';
import { Sheet } from '../ui/sheet.tsx';
import { TextButton } from '../ui/text-button.tsx';
import styles from './toolbar.module.css';

export interface DropDownProps {
  /** By this, commands open it, too. */
  readonly menu: OverlayId;
  readonly label: ReactNode;
  readonly title: string;
  /** Told how to close itself. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button of the toolbar that opens a small sheet under it. */
export function DropDown({ menu, label, title, children }: DropDownProps) {
  const isOpen = useWorkbench((state) => state.overlay.open === menu);
  const { show, hide } = useWorkbench((state) => state.overlay);
  const setOpen = (open: boolean) => (open ? show(menu) : hide(menu));
  return (
    <Sheet
      isOpen={isOpen}
      onChange={setOpen}
      target={
        <TextButton title={title} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {label}
          <IconChevronDown size={12} className={styles.chevron} aria-hidden />
        </TextButton>
      }
    >
      {children(() => setOpen(false))}
    </Sheet>
  );
}
