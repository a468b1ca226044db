import type { MouseEvent, ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import type { GridColumn } from './grid-column.ts';
import { isInRange, isSingle, rangeOf, type GridCell, type GridSelection } from './grid-selection.ts';
import styles from './data-grid.module.css';

export interface GridRowProps {
  readonly row: number;
  readonly columns: readonly GridColumn[];
  readonly selection: GridSelection | null;
  readonly isActive: boolean;
  readonly isFaint: boolean;
  /** CSS pixels: how high it is, and how far below the titles. */
  readonly height: number;
  readonly top: number;
  readonly idOf: (cell: GridCell) => string;
  readonly textOf: (row: number, column: GridColumn) => string;
  /** A cell with more in it than its text. */
  readonly cellOf?: ((row: number, column: GridColumn) => ReactNode) | undefined;
  readonly onPoint: () => void;
  readonly onOpen: () => void;
  readonly onClick: (event: MouseEvent, cell: GridCell) => void;
  readonly onMenu: (event: MouseEvent, cell: GridCell, isChosen: boolean) => void;
}

/** One row, at its place among all of them. */
export function GridRow(props: GridRowProps) {
  const { row, columns, selection, isActive, idOf } = props;
  const range = selection === null ? null : rangeOf(selection);
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isActive}
      className={classNames(styles.row, isActive && styles.active, props.isFaint && styles.faint)}
      style={{ height: props.height, transform: `translateY(${props.top}px)` }}
      onPointerEnter={props.onPoint}
    >
      {columns.map((column, at) => {
        const cell = { row, column: at };
        const isChosen = range !== null && isInRange(range, cell);
        const isFocus = selection?.focus.row === row && selection.focus.column === at;
        const text = props.textOf(row, column);
        return (
          <span
            key={column.id}
            id={idOf(cell)}
            role="gridcell"
            aria-colindex={at + 1}
            title={text}
            className={classNames(
              styles.cell,
              column.align === 'right' && styles.right,
              isChosen && selection !== null && !isSingle(selection) && styles.chosen,
              isFocus && styles.focus,
            )}
            onClick={(event) => props.onClick(event, cell)}
            onDoubleClick={props.onOpen}
            onContextMenu={(event) => props.onMenu(event, cell, isChosen)}
          >
            {props.cellOf?.(row, column) ?? text}
          </span>
        );
      })}
    </div>
  );
}
