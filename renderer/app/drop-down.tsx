import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { TextButton } from '../ui/text-button.tsx';
import styles from './toolbar.module.css';

export interface DropDownProps {
  readonly label: ReactNode;
  readonly title: string;
  /** Told how to close itself. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button of the toolbar that opens a small sheet under it. */
export function DropDown({ label, title, children }: DropDownProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      offset={4}
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.sheet }}
    >
      <Popover.Target>
        <TextButton title={title} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {label}
          <IconChevronDown size={12} aria-hidden />
        </TextButton>
      </Popover.Target>
      <Popover.Dropdown>{children(() => setOpen(false))}</Popover.Dropdown>
    </Popover>
  );
}
