import type { CopyForm } from './cells-as-text.ts';
import {
  isSingle,
  selectCell,
  selectionAfter,
  type GridCell,
  type GridSelection,
  type GridSize,
} from './grid-selection.ts';

/** What a key asks of a table. */
export type GridAction =
  | { readonly does: 'copy'; readonly form: CopyForm; readonly of: GridSelection }
  | { readonly does: 'select-all' | 'select-one'; readonly selection: GridSelection }
  | { readonly does: 'open'; readonly row: number }
  | { readonly does: 'move'; readonly selection: GridSelection };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl, or the key that takes its place on a Mac. */
  readonly isFar: boolean;
}

/** What a key does; null for one that a table leaves to others. Without a selection, keys move from `start`. */
export function gridAction(
  { key, shiftKey, isFar }: PressedKey,
  selection: GridSelection | null,
  size: GridSize,
  start: GridCell,
): GridAction | null {
  const letter = isFar ? key.toLowerCase() : '';
  if (letter === 'c' && selection !== null)
    return { does: 'copy', form: shiftKey ? 'plain-with-titles' : 'plain', of: selection };
  if (letter === 'a' && size.rows > 0) {
    const focus = { row: size.rows - 1, column: size.columns - 1 };
    return { does: 'select-all', selection: { anchor: { row: 0, column: 0 }, focus } };
  }
  if (key === 'Escape' && selection !== null && !isSingle(selection))
    return { does: 'select-one', selection: selectCell(selection.focus) };
  if (key === 'Enter' && selection !== null) return { does: 'open', row: selection.focus.row };
  const next = selectionAfter(selection, { key, isExtending: shiftKey, isFar }, size, start);
  return next === null ? null : { does: 'move', selection: next };
}
