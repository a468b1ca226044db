import { describe, expect, it } from 'vitest';
import { cellsAsText } from '../../../../renderer/ui/data-grid/cells-as-text.ts';
import { nextSort } from '../../../../renderer/ui/data-grid/grid-column.ts';
import { rangeOf, selectCell, selectionAfter } from '../../../../renderer/ui/data-grid/grid-selection.ts';

describe('cellsAsText', () => {
  const rows = [
    ['a|b', 'say "no"'],
    ['1,5', 'two\nlines'],
  ];
  const titles = ['Id', 'Reason'];

  it('keeps rows and columns apart for a spreadsheet', () => {
    expect(cellsAsText(titles, rows, 'plain')).toBe('a|b\tsay "no"\n1,5\ttwo lines');
    expect(cellsAsText(titles, rows, 'plain-with-titles')).toMatch(/^Id\tReason\n/);
  });

  it('copies one cell as it is', () => {
    expect(cellsAsText(['Reason'], [['two\nlines']], 'plain')).toBe('two\nlines');
  });

  it('quotes what CSV and Markdown would misread', () => {
    expect(cellsAsText(titles, rows, 'csv')).toBe('Id,Reason\r\na|b,"say ""no"""\r\n"1,5","two\nlines"');
    expect(cellsAsText(titles, rows, 'markdown')).toBe(
      '| Id | Reason |\n| --- | --- |\n| a\\|b | say "no" |\n| 1,5 | two lines |',
    );
  });
});

describe('selectionAfter', () => {
  const size = { rows: 100, columns: 4, page: 10 };
  const from = selectCell({ row: 5, column: 1 });
  const after = (key: string, more = {}) =>
    selectionAfter(from, { key, isExtending: false, isFar: false, ...more }, size, { row: -1, column: 0 });

  it('moves by one, by a page and to the ends', () => {
    expect(['ArrowDown', 'PageUp', 'End'].map((key) => after(key)?.focus)).toEqual([
      { row: 6, column: 1 },
      { row: 0, column: 1 },
      { row: 5, column: 3 },
    ]);
    expect(after('End', { isFar: true })?.focus).toEqual({ row: 99, column: 3 });
  });

  it('widens the selection from where it began', () => {
    expect(rangeOf(after('ArrowUp', { isExtending: true })!)).toEqual({
      top: 4,
      bottom: 5,
      left: 1,
      right: 1,
    });
  });

  it('begins at the row that is chosen elsewhere', () => {
    const key = { key: 'ArrowDown', isExtending: false, isFar: false };
    expect(selectionAfter(null, key, size, { row: 7, column: 0 })?.focus).toEqual({ row: 8, column: 0 });
  });

  it('leaves other keys alone', () => {
    expect([after('x'), after('Enter')]).toEqual([null, null]);
  });
});

describe('nextSort', () => {
  it('goes up, down and back to the usual order', () => {
    const up = nextSort(null, 'id');
    const down = nextSort(up, 'id');
    expect([up?.direction, down?.direction, nextSort(down, 'id')]).toEqual(['ascending', 'descending', null]);
    expect(nextSort(down, 'from')).toEqual({ column: 'from', direction: 'ascending' });
  });
});
