import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import styles from './menu-items.module.css';

interface MenuItemsProps {
  readonly label: string;
  readonly children: ReactNode;
}

const steps: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** A list of things to do: arrow keys go through it. The first one has the focus when it opens. */
export function MenuItems({ label, children }: MenuItemsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => itemsOf(list.current)[0]?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const items = itemsOf(list.current);
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    items[
      step(
        items.findIndex((item) => item === document.activeElement),
        items.length,
      )
    ]?.focus();
  };
  return (
    <div ref={list} className={styles.menu} role="menu" aria-label={label} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

interface MenuItemProps {
  readonly icon: ReactNode;
  readonly onChoose: () => void;
  readonly isDisabled?: boolean;
  /** Stands at its end; not part of its name. */
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

/** One of `MenuItems`. A disabled one can be reached with the arrow keys, and does nothing. */
export function MenuItem({ icon, onChoose, isDisabled = false, end = null, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      className={styles.item}
      aria-disabled={isDisabled}
      onClick={() => {
        if (!isDisabled) onChoose();
      }}
    >
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <span className={styles.name}>{children}</span>
      {end !== null && <span aria-hidden>{end}</span>}
    </button>
  );
}

function itemsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}
