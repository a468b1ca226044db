import { counted } from '#shared/counted';
import { useEffect, useState } from 'react';
import { copyText } from '../copy-text.ts';
import { cellsAsText, type CopyForm } from './cells-as-text.ts';
import type { GridColumn } from './grid-column.ts';
import type { GridRange } from './grid-selection.ts';

export interface GridTexts {
  readonly columns: readonly GridColumn[];
  /** What a cell says, and what is copied of it. */
  readonly textOf: (row: number, column: GridColumn) => string;
  /** Texts of all columns of some rows, both ends among them, where not all rows are at hand. */
  readonly readRows?: (first: number, last: number) => Promise<readonly (readonly string[])[]>;
}

/** How long it is said what was copied, in ms. */
const outcomeTime = 3_000;
/** More cells than this are no text that anybody pastes. */
const mostCopied = 5_000_000;

/** Copies cells, and says for a moment what came of it. */
export function useGridCopy(texts: GridTexts) {
  const [outcome, setOutcome] = useState('');
  useEffect(() => {
    if (outcome === '') return undefined;
    const timer = setTimeout(() => setOutcome(''), outcomeTime);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async (form: CopyForm, range: GridRange) => {
    const rows = range.bottom - range.top + 1;
    const cells = rows * (range.right - range.left + 1);
    if (cells > mostCopied) {
      setOutcome(
        `These are ${cells.toLocaleString('en-US')} cells: too many to copy. Export them to a file.`,
      );
      return;
    }
    if (texts.readRows !== undefined) setOutcome('Copying…');
    const text = await textOfRange(texts, range, form).catch(() => null);
    const isCopied = text !== null && (await copyText(text));
    const said = cells === 1 ? 'Copied the cell' : `Copied ${counted(rows, 'row')}`;
    setOutcome(isCopied ? said : 'Could not copy');
  };
  return { outcome, copy };
}

async function textOfRange(
  { columns, textOf, readRows }: GridTexts,
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
