import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './virtual-rows.module.css';

export interface VirtualRowsProps {
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  /** Stable for each row, so that scrolling reuses it. */
  readonly keyOf: (index: number) => string;
  readonly row: (index: number) => ReactNode;
  /** The row that arrows move and that is kept in sight; -1 for none. */
  readonly active: number;
  readonly onActivate: (index: number) => void;
  readonly id?: string;
}

/** A list of which only the rows in sight exist. Arrows, Home, End and Page keys move through it. */
export function VirtualRows({
  label,
  count,
  rowHeight,
  keyOf,
  row,
  active,
  onActivate,
  id,
}: VirtualRowsProps) {
  const ownId = useId();
  const listId = id ?? ownId;
  const scroller = useRef<HTMLDivElement>(null);
  // Components are not compiled here, so what it answers cannot be remembered too long.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
    initialRect: { width: 300, height: 400 },
  });
  useEffect(() => {
    const top = active * rowHeight;
    const [shownFrom, shownHeight] = [virtualizer.scrollOffset ?? 0, virtualizer.scrollRect?.height ?? 0];
    // Scrolling to where the list is already would have the page laid out at once, while a chart waits to be drawn.
    const isInSight = top >= shownFrom && top + rowHeight <= shownFrom + shownHeight;
    if (active >= 0 && active < count && !isInSight) virtualizer.scrollToIndex(active, { align: 'auto' });
  }, [active, count, rowHeight, virtualizer]);

  const move = (index: number) => onActivate(Math.min(count - 1, Math.max(0, index)));
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / rowHeight) - 1);
  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(active + 1),
    ArrowUp: () => move(active - 1),
    PageDown: () => move(active + page),
    PageUp: () => move(active - page),
    Home: () => move(0),
    End: () => move(count - 1),
  };

  return (
    <div
      ref={scroller}
      id={id}
      className={styles.scroller}
      role="listbox"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (step === undefined || count === 0) return;
        event.preventDefault();
        step();
      }}
    >
      <div className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            aria-posinset={index + 1}
            aria-setsize={count}
            className={classNames(styles.row, index === active && styles.active)}
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            onClick={() => onActivate(index)}
          >
            {row(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
