/** A cell by its place in the table as it is sorted. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

/** Cells between two corners. `focus` is the one that keys move. */
export interface GridSelection {
  readonly anchor: GridCell;
  readonly focus: GridCell;
}

/** Both ends belong to it. */
export interface GridRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** How many rows are in sight. */
  readonly page: number;
}

export interface GridKey {
  readonly key: string;
  readonly isExtending: boolean;
  readonly isFar: boolean;
}

/** That cell alone. */
export function selectCell(cell: GridCell): GridSelection {
  return { anchor: cell, focus: cell };
}

/** The cells that are selected, whichever corner the selection began at. */
export function rangeOf({ anchor, focus }: GridSelection): GridRange {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  };
}

/** Whether it is one cell, rather than a block of them. */
export function isSingle({ anchor, focus }: GridSelection): boolean {
  return anchor.row === focus.row && anchor.column === focus.column;
}

/** Whether a cell is one of the range, its edges included. */
export function isInRange({ top, bottom, left, right }: GridRange, { row, column }: GridCell): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/** What a key selects; null for a key that moves nothing. Without a selection it begins at `start`. */
export function selectionAfter(
  selection: GridSelection | null,
  { key, isExtending, isFar }: GridKey,
  size: GridSize,
  start: GridCell,
): GridSelection | null {
  const from = selection?.focus ?? start;
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const targets: Readonly<Record<string, GridCell>> = {
    ArrowDown: { ...from, row: isFar ? lastRow : from.row + 1 },
    ArrowUp: { ...from, row: isFar ? 0 : from.row - 1 },
    ArrowRight: { ...from, column: isFar ? lastColumn : from.column + 1 },
    ArrowLeft: { ...from, column: isFar ? 0 : from.column - 1 },
    PageDown: { ...from, row: from.row + size.page },
    PageUp: { ...from, row: from.row - size.page },
    Home: isFar ? { row: 0, column: 0 } : { ...from, column: 0 },
    End: isFar ? { row: lastRow, column: lastColumn } : { ...from, column: lastColumn },
  };
  const target = targets[key];
  if (target === undefined || size.rows === 0) return null;
  const focus = {
    row: Math.min(lastRow, Math.max(0, target.row)),
    column: Math.min(lastColumn, Math.max(0, target.column)),
  };
  return isExtending ? { anchor: selection?.anchor ?? from, focus } : selectCell(focus);
}
