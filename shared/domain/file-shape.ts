/** What a whole number in a time column counts since 1970; `mixed` when one file has several. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'mixed';

/**
 * How a file that another program wrote differs from one of ours. With this alone its rows can be read in our columns,
 * so that a file keeps its meaning when the settings of the store change later.
 */
export interface FileShape {
  /** Its columns as it spells them, each with the type DuckDB gives it. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly unit: TimeUnit;
  /** IANA zone of its times without an offset. */
  readonly zone: string;
  /**
   * First and last year of its times without an offset, where they are known: a zone has changed its offset hundreds of
   * times, but rarely within the years of one file.
   */
  readonly years?: readonly [first: number, last: number];
  /** Values of our columns that it lacks, the same in every row. */
  readonly fills: Readonly<Record<string, string | number>>;
}
