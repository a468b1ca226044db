import { useFocusTrap } from '@mantine/hooks';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly label: string;
  readonly onClose: () => void;
  /** Near the top of the window, for what is typed into; else in the middle. */
  readonly isHigh?: boolean;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/**
 * A sheet over the window that keeps the focus until it is closed, and then gives it back. Escape or a click beside it
 * closes it. What is marked with `data-autofocus` has the focus first.
 */
export function Dialog({ label, onClose, isHigh = false, className, children }: DialogProps) {
  const trap = useFocusTrap();
  const veil = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    // The trap waits for a timer, and what is typed until then would be taken for shortcuts.
    veil.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const sheet = veil.current?.querySelector<HTMLElement>('[role="dialog"]');
    if (sheet == null) return undefined;
    // What had the focus may go, as a button does that was pressed: keys would then be those of the window behind.
    const keep = new MutationObserver(() => {
      if (document.activeElement === document.body) sheet.focus();
    });
    keep.observe(sheet, { childList: true, subtree: true });
    return () => keep.disconnect();
  }, []);
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <div
      ref={veil}
      className={classNames(styles.veil, isHigh && styles.high)}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div
        ref={trap}
        role="dialog"
        aria-modal
        aria-label={label}
        tabIndex={-1}
        className={classNames(styles.sheet, className)}
        onKeyDown={closeByKey}
      >
        {children}
      </div>
    </div>
  );
}
