import { formatCount } from '../format/count.ts';
import { formatSize } from '../format/size.ts';
import { formatInstant } from '../format/time.ts';
import type { SortableColumn } from '../ui/data-grid/sortable-grid.tsx';

/** What every list of files tells of each. */
export interface ShownFile {
  readonly path: string;
  readonly symbols: readonly string[];
  readonly rows: number;
  readonly sizeBytes: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

export const pathColumn = {
  ...{ id: 'path', title: 'File', width: 250 },
  valueOf: ({ path }) => path,
} as const satisfies SortableColumn<Pick<ShownFile, 'path'>>;

/** Rows and bytes. */
export const amountColumns: readonly SortableColumn<Pick<ShownFile, 'rows' | 'sizeBytes'>>[] = [
  {
    ...{ id: 'rows', title: 'Rows', width: 84, align: 'right' },
    valueOf: ({ rows }) => rows,
    textOf: ({ rows }) => formatCount(rows),
  },
  {
    ...{ id: 'size', title: 'Size', width: 84, align: 'right' },
    valueOf: ({ sizeBytes }) => sizeBytes,
    textOf: ({ sizeBytes }) => formatSize(sizeBytes),
  },
];

export const symbolsColumn: SortableColumn<ShownFile> = {
  ...{ id: 'symbols', title: 'Symbols', width: 150 },
  valueOf: ({ symbols }) => symbols.join(' '),
  textOf: ({ symbols }) => symbolsText(symbols),
};

/** Oldest and newest row, by the clocks of a zone. */
export function spanColumns(zone: string): readonly SortableColumn<ShownFile>[] {
  return [
    {
      ...{ id: 'first', title: 'First row', width: 192 },
      valueOf: ({ firstMs }) => firstMs,
      textOf: ({ firstMs }) => formatInstant(firstMs, zone),
    },
    {
      ...{ id: 'last', title: 'Last row', width: 192 },
      valueOf: ({ lastMs }) => lastMs,
      textOf: ({ lastMs }) => formatInstant(lastMs, zone),
    },
  ];
}

/** All of a few, or how many there are. */
export function symbolsText(symbols: readonly string[]): string {
  if (symbols.length <= 3) return symbols.join(', ');
  return `${symbols.slice(0, 2).join(', ')} and ${symbols.length - 2} more`;
}
