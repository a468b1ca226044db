import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
} from 'react';
import { classNames } from '../class-names.ts';
import { copyText } from '../copy-text.ts';
import { cellsAsText, type CopyForm } from './cells-as-text.ts';
import { CopyMenu } from './copy-menu.tsx';
import { widthOf, type GridColumn, type GridSort } from './grid-column.ts';
import { GridHead } from './grid-head.tsx';
import {
  isInRange,
  isSingle,
  rangeOf,
  selectCell,
  selectionAfter,
  type GridCell,
  type GridRange,
  type GridSelection,
} from './grid-selection.ts';
import styles from './data-grid.module.css';

export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  /** Stable for each row, so that scrolling reuses it. */
  readonly keyOf: (row: number) => string;
  /** What a cell says, and what is copied of it. */
  readonly textOf: (row: number, column: GridColumn) => string;
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
  /** Texts of all columns of some rows, both ends among them, where not all rows are at hand. */
  readonly readRows?: (first: number, last: number) => Promise<readonly (readonly string[])[]>;
  /** More that can be done with what is selected; told how to close the menu. */
  readonly menuItems?: (range: GridRange, close: () => void) => ReactNode;
}

const rowHeight = 24;
/** How long it is said what was copied, in ms. */
const outcomeTime = 3_000;
/** More cells than this are no text that anybody pastes. */
const mostCopied = 5_000_000;

/**
 * A table of which only the rows in sight exist. Titles sort and can be widened; cells are selected with the pointer
 * or with keys as in a spreadsheet, and copied as text, CSV or Markdown.
 */
export function DataGrid(props: DataGridProps) {
  const { label, columns, rowCount, keyOf, widths, onWidths, activeRow, onActivate, onPoint } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [dragged, setDragged] = useState<Readonly<Record<string, number>> | null>(null);
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const [outcome, setOutcome] = useState('');
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
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 240) / rowHeight) - 2);
  const size = { rows: rowCount, columns: columns.length, page };
  const selection = chosen !== null && isStillThere(chosen, props) ? chosen.selection : null;
  const range = selection === null ? null : rangeOf(selection);
  const shownWidths = dragged ?? widths;
  const activeKey = activeRow >= 0 && activeRow < rowCount ? keyOf(activeRow) : null;

  useEffect(() => {
    if (outcome === '') return undefined;
    const timer = setTimeout(() => setOutcome(''), outcomeTime);
    return () => clearTimeout(timer);
  }, [outcome]);
  useEffect(() => {
    if (activeKey !== null) virtualizer.scrollToIndex(activeRow, { align: 'auto' });
    // It is brought into sight when it is chosen, and may then be scrolled away.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [activeKey]);

  const select = (next: GridSelection) => {
    setChosen({ selection: next, keys: [keyOf(next.anchor.row), keyOf(next.focus.row)] });
    props.onFocusCell?.(next.focus);
  };
  const choose = (next: GridSelection, isExtending: boolean) => {
    select(next);
    virtualizer.scrollToIndex(next.focus.row, { align: 'auto' });
    if (!isExtending && next.focus.row !== activeRow) onActivate(next.focus.row);
  };
  const clickCell = (event: MouseEvent, cell: GridCell) => {
    if (event.shiftKey && selection !== null) choose({ anchor: selection.anchor, focus: cell }, true);
    else {
      select(selectCell(cell));
      onActivate(cell.row);
    }
  };
  const copy = async (form: CopyForm, what: GridRange) => {
    const cells = (what.bottom - what.top + 1) * (what.right - what.left + 1);
    if (cells > mostCopied) {
      setOutcome(
        `These are ${cells.toLocaleString('en-US')} cells: too many to copy. Export them to a file.`,
      );
      return;
    }
    if (props.readRows !== undefined) setOutcome('Copying…');
    const text = await textOfRange(props, what, form).catch(() => null);
    const isCopied = text !== null && (await copyText(text));
    const rows = what.bottom - what.top + 1;
    const said =
      cells === 1 ? 'Copied the cell' : `Copied ${rows.toLocaleString('en-US')} row${rows === 1 ? '' : 's'}`;
    setOutcome(isCopied ? said : 'Could not copy');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isFar = event.ctrlKey || event.metaKey;
    if (isFar && event.key.toLowerCase() === 'c' && range !== null) {
      event.preventDefault();
      void copy(event.shiftKey ? 'plain-with-titles' : 'plain', range);
      return;
    }
    if (isFar && event.key.toLowerCase() === 'a' && rowCount > 0) {
      event.preventDefault();
      select({ anchor: { row: 0, column: 0 }, focus: { row: rowCount - 1, column: columns.length - 1 } });
      return;
    }
    if (event.key === 'Escape' && selection !== null && !isSingle(selection)) {
      event.stopPropagation();
      select(selectCell(selection.focus));
      return;
    }
    if (event.key === 'Enter' && selection !== null && props.onOpen !== undefined) {
      event.preventDefault();
      props.onOpen(selection.focus.row);
      return;
    }
    const start = { row: activeRow, column: 0 };
    const next = selectionAfter(
      selection,
      { key: event.key, isExtending: event.shiftKey, isFar },
      size,
      start,
    );
    if (next === null) return;
    event.preventDefault();
    choose(next, event.shiftKey);
  };
  const resize = (column: GridColumn, width: number, isDone: boolean) => {
    const changed = { ...widths, [column.id]: widthOf({ ...column, width }, {}) };
    setDragged(isDone ? null : changed);
    if (isDone) onWidths(changed);
  };

  const tracks = columns.map((column, index) => {
    const width = widthOf(column, shownWidths);
    return index === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
  });
  const least = columns.reduce((sum, column) => sum + widthOf(column, shownWidths), 0);
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
        <div className={styles.all} style={{ minWidth: least, '--tracks': tracks.join(' ') } as object}>
          <GridHead
            columns={columns}
            widths={shownWidths}
            sort={props.sort}
            onSort={props.onSort}
            onResize={resize}
          />
          <div role="rowgroup" className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ key, index: row, start }) => (
              <div
                key={key}
                role="row"
                aria-rowindex={row + 2}
                aria-selected={row === activeRow}
                className={classNames(
                  styles.row,
                  row === activeRow && styles.active,
                  props.isFaint?.(row) === true && styles.faint,
                )}
                style={{ height: rowHeight, transform: `translateY(${start - rowHeight}px)` }}
                onPointerEnter={() => onPoint?.(row)}
              >
                {columns.map((column, at) => {
                  const cell = { row, column: at };
                  const isChosen = range !== null && isInRange(range, cell);
                  const isFocus = selection?.focus.row === row && selection.focus.column === at;
                  const text = props.textOf(row, column);
                  return (
                    <span
                      key={column.id}
                      id={cellId(cell)}
                      role="gridcell"
                      aria-colindex={at + 1}
                      title={text}
                      className={classNames(
                        styles.cell,
                        column.align === 'right' && styles.right,
                        isChosen && selection !== null && !isSingle(selection) && styles.chosen,
                        isFocus && styles.focus,
                      )}
                      onClick={(event) => clickCell(event, cell)}
                      onDoubleClick={() => props.onOpen?.(row)}
                      onContextMenu={(event) => {
                        event.preventDefault();
                        event.stopPropagation();
                        if (!isChosen) select(selectCell(cell));
                        setMenu({ x: event.clientX, y: event.clientY });
                      }}
                    >
                      {props.cellOf?.(row, column) ?? text}
                    </span>
                  );
                })}
              </div>
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

/** A selection, and which rows it began and ended with: others may come to lie between and before them. */
interface Chosen {
  readonly selection: GridSelection;
  readonly keys: readonly [string, string];
}

function isStillThere({ selection, keys }: Chosen, { rowCount, columns, keyOf }: DataGridProps): boolean {
  const { anchor, focus } = selection;
  const isWithin = ({ row, column }: GridCell) => row < rowCount && column < columns.length;
  return isWithin(anchor) && isWithin(focus) && keyOf(anchor.row) === keys[0] && keyOf(focus.row) === keys[1];
}

async function textOfRange(
  { columns, textOf, readRows }: DataGridProps,
  range: GridRange,
  form: CopyForm,
): Promise<string> {
  const taken = columns.slice(range.left, range.right + 1);
  const rows =
    readRows === undefined
      ? Array.from({ length: range.bottom - range.top + 1 }, (_, index) =>
          taken.map((column) => textOf(range.top + index, column)),
        )
      : (await readRows(range.top, range.bottom)).map((row) => row.slice(range.left, range.right + 1));
  return cellsAsText(
    taken.map(({ title }) => title),
    rows,
    form,
  );
}
