import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef, type PointerEvent } from 'react';
import { classNames } from '../class-names.ts';
import { nextSort, widthOf, type GridColumn, type GridSort } from './grid-column.ts';
import styles from './data-grid.module.css';

export interface GridHeadProps {
  readonly columns: readonly GridColumn[];
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: GridSort | null;
  readonly onSort: (sort: GridSort | null) => void;
  /** While an edge is dragged, and with `isDone` when it is let go. */
  readonly onResize: (column: GridColumn, width: number, isDone: boolean) => void;
}

/** The titles: a click sorts, the right edge of each can be dragged, or moved with arrow keys. */
export function GridHead({ columns, widths, sort, onSort, onResize }: GridHeadProps) {
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {columns.map((column, index) => (
        <div
          key={column.id}
          role="columnheader"
          aria-colindex={index + 1}
          aria-sort={sort?.column === column.id ? sort.direction : 'none'}
          className={styles.title}
        >
          <button
            type="button"
            className={classNames(styles.sort, column.align === 'right' && styles.right)}
            title={column.hint ?? `Sort by ${column.title.toLowerCase()}`}
            onClick={() => onSort(nextSort(sort, column.id))}
          >
            <span className={styles.titleText}>{column.title}</span>
            {sort?.column === column.id &&
              (sort.direction === 'ascending' ? (
                <IconArrowUp size={12} aria-hidden />
              ) : (
                <IconArrowDown size={12} aria-hidden />
              ))}
          </button>
          <Edge column={column} width={widthOf(column, widths)} onResize={onResize} />
        </div>
      ))}
    </div>
  );
}

interface EdgeProps {
  readonly column: GridColumn;
  readonly width: number;
  readonly onResize: GridHeadProps['onResize'];
}

function Edge({ column, width, onResize }: EdgeProps) {
  const grip = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (event: PointerEvent, isDone: boolean) => {
    if (grip.current === null) return;
    onResize(column, grip.current.width + event.clientX - grip.current.x, isDone);
    if (isDone) grip.current = null;
  };
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${column.title}`}
      aria-valuenow={width}
      tabIndex={0}
      className={styles.edge}
      title="Drag to widen; a double click sets it back"
      onPointerDown={(event) => {
        grip.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => resize(event, false)}
      onPointerUp={(event) => resize(event, true)}
      onPointerCancel={(event) => resize(event, true)}
      onDoubleClick={() => onResize(column, column.width, true)}
      onKeyDown={(event) => {
        const by = { ArrowRight: 10, ArrowLeft: -10 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onResize(column, width + by, true);
      }}
    />
  );
}
