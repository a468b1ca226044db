import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import styles from './context-menu.module.css';

export interface ContextMenuProps {
  /** Where it was asked for, in pixels of the page. */
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A sheet at a point, kept within the page. Escape, a click elsewhere or another window closes it. */
export function ContextMenu({ x, y, onClose, children }: ContextMenuProps) {
  const sheet = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const { current } = sheet;
    if (current === null) return;
    const { width, height } = current.getBoundingClientRect();
    current.style.left = `${Math.max(0, Math.min(x, innerWidth - width - 4))}px`;
    current.style.top = `${Math.max(0, Math.min(y, innerHeight - height - 4))}px`;
  }, [x, y]);

  useEffect(() => {
    const before = document.activeElement;
    const onPointerDown = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || sheet.current?.contains(event.target) !== true) onClose();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' && event.key !== 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
    };
    addEventListener('pointerdown', onPointerDown, true);
    addEventListener('keydown', onKeyDown, true);
    addEventListener('blur', onClose);
    return () => {
      removeEventListener('pointerdown', onPointerDown, true);
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('blur', onClose);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);

  // A panel that is moved by a transform would have it at a point of its own, out of sight.
  return createPortal(
    <div ref={sheet} className={styles.sheet}>
      {children}
    </div>,
    document.body,
  );
}
