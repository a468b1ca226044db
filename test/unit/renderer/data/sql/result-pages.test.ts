import { packPage, type SqlPage } from '#shared/domain/sql-page';
import { describe, expect, it, vi } from 'vitest';
import { createResultPages, pageRows } from '../../../../../renderer/data/sql/result-pages.ts';

const rowCount = 10_000;

function setup(answer: (from: number, rows: number) => Promise<SqlPage> = slice) {
  const read = vi.fn(answer);
  const onChange = vi.fn<() => void>();
  const onFailure = vi.fn<(error: unknown) => void>();
  const pages = createResultPages({ rowCount, read, first: sliceNow(0, pageRows), onChange, onFailure });
  return { pages, read, onChange, onFailure };
}

const sliceNow = (from: number, rows: number) =>
  packPage(
    from,
    Array.from({ length: Math.min(rows, rowCount - from) }, (_, index) => [`row ${from + index}`]),
  );
const slice = (from: number, rows: number) => Promise.resolve(sliceNow(from, rows));

describe('createResultPages', () => {
  it('has what came with the answer at once', () => {
    const { pages, read } = setup();
    expect(pages.row(pageRows - 1)).toEqual([`row ${pageRows - 1}`]);
    expect(read).not.toHaveBeenCalled();
  });

  it('sends for a page that is looked at, once, and says when it is there', async () => {
    const { pages, read, onChange } = setup();
    expect([pages.row(7_777), pages.row(7_778)]).toEqual([null, null]);
    await expect.poll(() => onChange).toHaveBeenCalledOnce();
    expect(pages.row(7_777)).toEqual(['row 7777']);
    expect(read.mock.calls).toEqual([[7_500, pageRows]]);
  });

  it('sends first for what is looked at last, and not at all for what was long passed by', async () => {
    const { pages, read } = setup();
    for (let page = 1; page < 20; page += 1) pages.row(page * pageRows);
    await expect.poll(() => pages.row(19 * pageRows)).not.toBeNull();
    expect(read.mock.calls[0]).toEqual([19 * pageRows, pageRows]);
    expect(read.mock.calls.length).toBeLessThan(8);
  });

  it('reads any range for a copy, whatever is at hand', async () => {
    const { pages } = setup();
    const rows = await pages.rows(4_998, 5_001);
    expect(rows.map(([text]) => text)).toEqual(['row 4998', 'row 4999', 'row 5000', 'row 5001']);
  });

  it('says what went wrong, and asks no more', async () => {
    const { pages, read, onFailure } = setup(() => Promise.reject(new Error('gone')));
    pages.row(5_000);
    await expect.poll(() => onFailure).toHaveBeenCalledOnce();
    pages.row(6_000);
    await Promise.resolve();
    expect(read).toHaveBeenCalledOnce();
  });
});
