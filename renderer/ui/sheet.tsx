import { Popover } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import styles from './sheet.module.css';

export interface SheetProps {
  readonly isOpen: boolean;
  readonly onChange: (isOpen: boolean) => void;
  /** The button that it opens by; the focus comes back to it. */
  readonly target: ReactElement;
  readonly side?: 'above' | 'below';
  readonly children: ReactNode;
}

/** A small sheet by a button, which takes the focus while it is open. */
export function Sheet({ isOpen, onChange, target, side = 'below', children }: SheetProps) {
  return (
    <Popover
      opened={isOpen}
      onChange={onChange}
      position={side === 'below' ? 'bottom-start' : 'top-start'}
      offset={4}
      shadow="none"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      classNames={{ dropdown: styles.sheet }}
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
