import { unpackPage, type SqlCell, type SqlPage } from '#shared/domain/sql-page';
import { sqlLimits } from '#shared/domain/sql';

export interface ResultPagesParts {
  readonly rowCount: number;
  readonly read: (from: number, rows: number) => Promise<SqlPage>;
  /** What is known from the start. */
  readonly first: SqlPage | null;
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** The rows of a large result, of which some are here and all can be asked for. */
export interface ResultPages {
  /** Null while it is on its way; asking is what sends for it. */
  readonly row: (index: number) => readonly SqlCell[] | null;
  /** All rows from the first index to the last, both of them. */
  readonly rows: (first: number, last: number) => Promise<readonly (readonly SqlCell[])[]>;
  /** Nothing is sent for any more. */
  readonly close: () => void;
}

export const pageRows = 500;
const mostPages = 64;
const mostUnderWay = 2;

/** Whoever scrolls fast passes most pages by: those asked for last are sent for first, and old wishes are forgotten. */
export function createResultPages(parts: ResultPagesParts): ResultPages {
  const pages = new Map<number, readonly (readonly SqlCell[])[]>();
  const underWay = new Set<number>();
  let wanted: number[] = [];
  let isClosed = false;
  let hasFailed = false;

  function keep(page: number, rows: readonly (readonly SqlCell[])[]): void {
    pages.delete(page);
    pages.set(page, rows);
    for (const [oldest] of pages) {
      if (pages.size <= mostPages) break;
      pages.delete(oldest);
    }
  }

  function send(): void {
    while (underWay.size < mostUnderWay && !isClosed && !hasFailed) {
      const page = wanted.pop();
      if (page === undefined) return;
      if (!pages.has(page) && !underWay.has(page)) void fetch(page);
    }
  }

  async function fetch(page: number): Promise<void> {
    underWay.add(page);
    try {
      const answer = await parts.read(page * pageRows, pageRows);
      keep(page, unpackPage(answer));
      if (!isClosed) parts.onChange();
    } catch (error) {
      hasFailed = true;
      if (!isClosed) parts.onFailure(error);
    } finally {
      underWay.delete(page);
      send();
    }
  }

  if (parts.first !== null) {
    const rows = unpackPage(parts.first);
    for (let at = 0; at * pageRows < rows.length; at += 1) {
      const page = rows.slice(at * pageRows, (at + 1) * pageRows);
      // A page that was cut short is asked for like any other.
      if (page.length === pageRows || at * pageRows + page.length === parts.rowCount) pages.set(at, page);
    }
  }

  return {
    row(index) {
      const page = Math.floor(index / pageRows);
      const found = pages.get(page);
      if (found !== undefined) return found[index % pageRows] ?? null;
      if (!underWay.has(page) && wanted.at(-1) !== page) {
        wanted = [...wanted.filter((each) => each !== page).slice(-3), page];
        queueMicrotask(send);
      }
      return null;
    },
    async rows(first, last) {
      const found: (readonly SqlCell[])[] = [];
      for (let from = first; from <= last; from += sqlLimits.mostPageRows) {
        const count = Math.min(sqlLimits.mostPageRows, last - from + 1);
        for (const row of unpackPage(await parts.read(from, count))) found.push(row);
      }
      return found;
    },
    close: () => {
      isClosed = true;
    },
  };
}
