import { useState } from 'react';
import type { GridCell, GridSelection } from './grid-selection.ts';

/** A selection, and which rows it began and ended with: others may come to lie between and before them. */
interface Chosen {
  readonly selection: GridSelection;
  readonly keys: readonly [string, string];
}

export interface GridPlace {
  readonly rowCount: number;
  readonly columns: readonly unknown[];
  /** Stable for each row. */
  readonly keyOf: (row: number) => string;
}

/** What is selected; nothing any more once the rows at its ends are others. */
export function useGridSelection(place: GridPlace) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { keyOf } = place;
  return {
    selection: chosen !== null && isStillThere(chosen, place) ? chosen.selection : null,
    setSelection: (selection: GridSelection) =>
      setChosen({ selection, keys: [keyOf(selection.anchor.row), keyOf(selection.focus.row)] }),
  };
}

function isStillThere({ selection, keys }: Chosen, { rowCount, columns, keyOf }: GridPlace): boolean {
  const { anchor, focus } = selection;
  const isWithin = ({ row, column }: GridCell) => row < rowCount && column < columns.length;
  return isWithin(anchor) && isWithin(focus) && keyOf(anchor.row) === keys[0] && keyOf(focus.row) === keys[1];
}
