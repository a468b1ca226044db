import { quoteName } from './sql.ts';

/** SQL for each column of a dataset over the columns of a file of another shape. */
export type CanonicalColumns = ReadonlyMap<string, string>;

export type CanonicalSelect =
  | {
      readonly ok: true;
      readonly columns: CanonicalColumns;
      /** SQL that names the first column whose value is no such value, with that value; null where all are. */
      readonly fault: string;
      /** SQL of the bar index at which an object begins, where the file counts bars instead of telling the time. */
      readonly barIndex: string;
    }
  | { readonly ok: false; readonly reason: string };

/** The list of a SELECT: the wanted columns under our names. */
export function selectList(columns: CanonicalColumns, wanted: readonly string[]): string {
  return wanted.map((name) => `${columns.get(name) ?? 'NULL'} AS ${quoteName(name)}`).join(', ');
}
