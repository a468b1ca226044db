import { useState, type ReactNode } from 'react';
import { Sheet } from '../../ui/sheet.tsx';
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
    <Sheet
      isOpen={isShown}
      onChange={setOpen}
      side="above"
      target={
        <TextButton
          title={title}
          aria-expanded={isShown}
          disabled={isDisabled}
          onClick={() => setOpen(!isShown)}
        >
          {label}
        </TextButton>
      }
    >
      <div className={styles.sheet}>{children(() => setOpen(false))}</div>
    </Sheet>
  );
}
