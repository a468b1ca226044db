import { useMemo, useState, type ReactNode } from 'react';
import { DataGrid } from './data-grid.tsx';
import type { GridColumn, GridSort } from './grid-column.ts';

export interface SortableColumn<Row> extends GridColumn {
  /** What rows are sorted by. */
  readonly valueOf: (row: Row) => string | number;
  /** What a cell says; the value unless given. */
  readonly textOf?: (row: Row) => string;
  /** A cell with more in it than its text. */
  readonly cellOf?: (row: Row) => ReactNode;
}

export interface SortableGridProps<Row> {
  readonly label: string;
  readonly columns: readonly SortableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Of the row that is chosen; null for none. */
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  /** A row was double-clicked, or Enter was pressed on it. */
  readonly onOpen?: (row: Row) => void;
  /** The order until somebody asks for another; as the rows come unless given. */
  readonly firstSort?: GridSort;
  readonly isFaint?: (row: Row) => boolean;
  readonly isFirstFrozen?: boolean;
}

/** A grid of rows that are all at hand: it sorts them by the column that is clicked, and keeps how wide columns are. */
export function SortableGrid<Row>(props: SortableGridProps<Row>) {
  const { label, columns, rows, keyOf, chosen, onChoose, onOpen, firstSort, isFaint } = props;
  const [sort, setSort] = useState<GridSort | null>(firstSort ?? null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const sorted = useMemo(() => sortedRows(rows, columns, sort), [rows, columns, sort]);
  const keyAt = (place: number) => {
    const row = sorted[place];
    return row === undefined ? '' : keyOf(row);
  };
  const columnOf = (id: string) => columns.find((each) => each.id === id);
  const textAt = (place: number, { id }: Pick<GridColumn, 'id'>) => {
    const [row, column] = [sorted[place], columnOf(id)];
    if (row === undefined || column === undefined) return '';
    return column.textOf?.(row) ?? String(column.valueOf(row));
  };
  return (
    <DataGrid
      label={label}
      columns={columns}
      rowCount={sorted.length}
      keyOf={keyAt}
      textOf={textAt}
      cellOf={(place, { id }) => {
        const row = sorted[place];
        const cell = row === undefined ? undefined : columnOf(id)?.cellOf?.(row);
        return cell ?? textAt(place, { id });
      }}
      isFaint={(place) => {
        const row = sorted[place];
        return row !== undefined && isFaint?.(row) === true;
      }}
      sort={sort}
      onSort={setSort}
      widths={widths}
      onWidths={setWidths}
      activeRow={chosen === null ? -1 : sorted.findIndex((row) => keyOf(row) === chosen)}
      onActivate={(place) => onChoose(keyAt(place))}
      onOpen={(place) => {
        const row = sorted[place];
        if (row !== undefined) onOpen?.(row);
      }}
      isFirstFrozen={props.isFirstFrozen === true}
    />
  );
}

/** As they come while nobody has asked for an order. */
function sortedRows<Row>(
  rows: readonly Row[],
  columns: readonly SortableColumn<Row>[],
  sort: GridSort | null,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (sort === null || column === undefined) return rows;
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [left, right] = [column.valueOf(a), column.valueOf(b)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}
