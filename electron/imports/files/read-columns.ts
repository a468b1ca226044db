import { ValueCells } from './cells.ts';
import type { SourceIntake } from './bar-intake.ts';

/** A stretch of rows of a file that is kept by column. */
export interface ColumnStretch {
  readonly count: number;
  readonly value: (column: number, row: number) => unknown;
}

/** Gives rows that come in columns to the intake. `line` counts rows from 1, as such a file has no lines. */
export async function readStretch(
  { count, value }: ColumnStretch,
  columns: number,
  firstLine: number,
  intake: SourceIntake,
): Promise<void> {
  const cells = new ValueCells();
  const values: unknown[] = new Array<unknown>(columns);
  cells.values = values;
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < columns; column += 1) values[column] = value(column, row);
    intake.take(cells, firstLine + row);
  }
  await intake.drain();
}
