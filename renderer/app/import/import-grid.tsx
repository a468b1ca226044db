import { useMemo, useState } from 'react';
import { DataGrid } from '../../ui/data-grid/data-grid.tsx';
import type { GridColumn, GridSort } from '../../ui/data-grid/grid-column.ts';

interface ImportGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  /** Texts by the places of columns; those that align right are sorted as numbers. */
  readonly rows: readonly (readonly string[])[];
}

/** A table of texts to sort, widen and copy from. Only the rows in sight exist. */
export function ImportGrid({ label, columns, rows }: ImportGridProps) {
  const [sort, setSort] = useState<GridSort | null>(null);
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({});
  const [active, setActive] = useState(-1);
  const places = useMemo(() => new Map(columns.map(({ id }, place) => [id, place])), [columns]);
  const sorted = useMemo(() => {
    if (sort === null) return rows;
    const place = places.get(sort.column) ?? 0;
    const sign = sort.direction === 'ascending' ? 1 : -1;
    const isNumber = columns[place]?.align === 'right';
    const compare = (a: string, b: string) =>
      isNumber
        ? Number(a.replaceAll(/[^\d.e-]/g, '')) - Number(b.replaceAll(/[^\d.e-]/g, ''))
        : a < b
          ? -1
          : a > b
            ? 1
            : 0;
    return rows.toSorted((a, b) => sign * compare(a[place] ?? '', b[place] ?? ''));
  }, [rows, sort, columns, places]);
  return (
    <DataGrid
      label={label}
      columns={columns}
      rowCount={sorted.length}
      keyOf={String}
      textOf={(row, { id }) => sorted[row]?.[places.get(id) ?? 0] ?? ''}
      sort={sort}
      onSort={setSort}
      widths={widths}
      onWidths={setWidths}
      activeRow={active}
      onActivate={setActive}
    />
  );
}
