import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { classNames } from '../class-names.ts';
import { CopyMenu } from './copy-menu.tsx';
import { gridAction } from './grid-action.ts';
import { widthOf, type GridColumn, type GridSort } from './grid-column.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow } from './grid-row.tsx';
import { rangeOf, selectCell, type GridCell, type GridRange, type GridSelection } from './grid-selection.ts';
import { useGridCopy, type GridTexts } from './use-grid-copy.ts';
import { useGridSelection } from './use-grid-selection.ts';
import styles from './data-grid.module.css';

export interface DataGridProps extends GridTexts {
  readonly label: string;
  readonly rowCount: number;
  /** Stable for each row, so that scrolling reuses it. */
  readonly keyOf: (row: number) => string;
  /** A cell with more in it than its text. */
  readonly cellOf?: (row: number, column: GridColumn) => ReactNode;
  readonly isFaint?: (row: number) => boolean;
  readonly sort: GridSort | null;
  readonly onSort: (sort: GridSort | null) => void;
  /** CSS pixels, of the columns that somebody changed. */
  readonly widths: Readonly<Record<string, number>>;
  readonly onWidths: (widths: Readonly<Record<string, number>>) => void;
  /** The row that is chosen elsewhere, and kept in sight; -1 for none. */
  readonly activeRow: number;
  /** A row was clicked, or reached with the arrow keys. */
  readonly onActivate: (row: number) => void;
  /** The row under the pointer; null when it has left. */
  readonly onPoint?: (row: number | null) => void;
  /** A row was double-clicked, or Enter was pressed on it. */
  readonly onOpen?: (row: number) => void;
  /** The cell that keys move from, whenever another one is. */
  readonly onFocusCell?: (cell: GridCell) => void;
  /** Keeps the first column in sight while the others are scrolled under it. */
  readonly isFirstFrozen?: boolean;
  /** More that can be done with what is selected; told how to close the menu. */
  readonly menuItems?: (range: GridRange, close: () => void) => ReactNode;
}

const rowHeight = 24;

/**
 * A table of which only the rows in sight exist. Titles sort and can be widened; cells are selected with the pointer
 * or with keys as in a spreadsheet, and copied as text, CSV or Markdown.
 */
export function DataGrid(props: DataGridProps) {
  const { label, columns, rowCount, activeRow, onPoint } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const { selection, setSelection } = useGridSelection(props);
  const { outcome, copy } = useGridCopy(props);
  const { shownWidths, resize } = useWidths(props);
  const { virtualizer, page } = useRows(props, scroller);
  const range = selection === null ? null : rangeOf(selection);

  const select = (next: GridSelection) => {
    setSelection(next);
    props.onFocusCell?.(next.focus);
  };
  const choose = (next: GridSelection, isExtending: boolean) => {
    select(next);
    virtualizer.scrollToIndex(next.focus.row, { align: 'auto' });
    if (!isExtending && next.focus.row !== activeRow) props.onActivate(next.focus.row);
  };
  const clickCell = (event: MouseEvent, cell: GridCell) => {
    if (event.shiftKey && selection !== null) choose({ anchor: selection.anchor, focus: cell }, true);
    else {
      select(selectCell(cell));
      props.onActivate(cell.row);
    }
  };
  const openMenu = (event: MouseEvent, cell: GridCell, isChosen: boolean) => {
    event.preventDefault();
    event.stopPropagation();
    if (!isChosen) select(selectCell(cell));
    setMenu({ x: event.clientX, y: event.clientY });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const pressed = { key: event.key, shiftKey: event.shiftKey, isFar: event.ctrlKey || event.metaKey };
    const size = { rows: rowCount, columns: columns.length, page };
    const action = gridAction(pressed, selection, size, { row: activeRow, column: 0 });
    if (action === null || (action.does === 'open' && props.onOpen === undefined)) return;
    // The Escape that gives up a block of cells closes nothing around the table.
    if (action.does === 'select-one') event.stopPropagation();
    else event.preventDefault();
    if (action.does === 'copy') void copy(action.form, rangeOf(action.of));
    else if (action.does === 'open') props.onOpen?.(action.row);
    else if (action.does === 'move') choose(action.selection, event.shiftKey);
    else select(action.selection);
  };

  const cellId = (cell: GridCell) => `${id}-${cell.row}-${cell.column}`;
  return (
    <div className={styles.grid}>
      <div
        ref={scroller}
        className={classNames(styles.scroller, props.isFirstFrozen === true && styles.frozen)}
        role="grid"
        aria-label={label}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        aria-activedescendant={selection === null ? undefined : cellId(selection.focus)}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => onPoint?.(null)}
      >
        <div className={styles.all} style={tracksOf(columns, shownWidths)}>
          <GridHead
            columns={columns}
            widths={shownWidths}
            sort={props.sort}
            onSort={props.onSort}
            onResize={resize}
          />
          <div role="rowgroup" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ key, index: row, start }) => (
              <GridRow
                key={key}
                {...{ row, columns, selection }}
                isActive={row === activeRow}
                isFaint={props.isFaint?.(row) === true}
                height={rowHeight}
                top={start - rowHeight}
                idOf={cellId}
                textOf={props.textOf}
                cellOf={props.cellOf}
                onPoint={() => onPoint?.(row)}
                onOpen={() => props.onOpen?.(row)}
                onClick={clickCell}
                onMenu={openMenu}
              />
            ))}
          </div>
        </div>
      </div>
      <p className={styles.outcome} role="status">
        {outcome}
      </p>
      {menu !== null && range !== null && (
        <CopyMenu
          {...menu}
          range={range}
          columnCount={columns.length}
          onClose={() => setMenu(null)}
          items={props.menuItems?.(range, () => setMenu(null))}
          onCopy={(form, what) => {
            setMenu(null);
            void copy(form, what);
          }}
        />
      )}
    </div>
  );
}

/** Which rows are in sight, with the active one among them whenever another one becomes it. */
function useRows({ rowCount, keyOf, activeRow }: DataGridProps, scroller: RefObject<HTMLDivElement | null>) {
  // Components are not compiled here, so what it answers cannot be remembered too long.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
    // The titles take the height of a row above the rows, and stay there.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    initialRect: { width: 600, height: 400 },
  });
  const activeKey = activeRow >= 0 && activeRow < rowCount ? keyOf(activeRow) : null;
  useEffect(() => {
    if (activeKey !== null) virtualizer.scrollToIndex(activeRow, { align: 'auto' });
    // It is brought into sight when it is chosen, and may then be scrolled away.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [activeKey]);
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / rowHeight) - 2);
  return { virtualizer, page };
}

/** Widths as they are while an edge is dragged, and told once it is let go. */
function useWidths({ widths, onWidths }: DataGridProps) {
  const [dragged, setDragged] = useState<Readonly<Record<string, number>> | null>(null);
  const resize = (column: GridColumn, width: number, isDone: boolean) => {
    const changed = { ...widths, [column.id]: widthOf({ ...column, width }, {}) };
    setDragged(isDone ? null : changed);
    if (isDone) onWidths(changed);
  };
  return { shownWidths: dragged ?? widths, resize };
}

/** The last column takes what is left over. */
function tracksOf(columns: readonly GridColumn[], widths: Readonly<Record<string, number>>) {
  const taken = columns.map((column) => widthOf(column, widths));
  const tracks = taken.map((width, at) =>
    at === taken.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`,
  );
  const minWidth = taken.reduce((sum, width) => sum + width, 0);
  return { minWidth, '--tracks': tracks.join(' ') } as object;
}
