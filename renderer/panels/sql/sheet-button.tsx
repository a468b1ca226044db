import { Popover } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './sql-panel.module.css';

export interface SheetButtonProps {
  readonly label: ReactNode;
  readonly title: string;
  readonly isDisabled?: boolean;
  /** Opened from elsewhere. */
  readonly isOpen?: boolean;
  readonly onOpen?: (isOpen: boolean) => void;
  readonly children: (close: () => void) => ReactNode;
}

/** A button of the panel that opens a small sheet by it. */
export function SheetButton({
  label,
  title,
  isDisabled = false,
  isOpen,
  onOpen,
  children,
}: SheetButtonProps) {
  const [isOpenHere, setOpenHere] = useState(false);
  const isShown = isOpen ?? isOpenHere;
  const setOpen = onOpen ?? setOpenHere;
  return (
    <Popover
      opened={isShown}
      onChange={setOpen}
      position="top-start"
      offset={4}
      shadow="none"
      trapFocus
      returnFocus
      withinPortal
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.sheet }}
    >
      <Popover.Target>
        <TextButton
          title={title}
          aria-expanded={isShown}
          disabled={isDisabled}
          onClick={() => setOpen(!isShown)}
        >
          {label}
        </TextButton>
      </Popover.Target>
      <Popover.Dropdown>{children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}
