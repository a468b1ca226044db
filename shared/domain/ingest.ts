/** A row that was refused. `line` is 1-based in the order the rows were given. */
export interface RejectedRow {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export interface AppendAnswer {
  readonly accepted: number;
  readonly rejected: readonly RejectedRow[];
  /** The zone used for times without an offset, and how many rows had one such; absent when none had. */
  readonly assumedZone?: { readonly zone: string; readonly rows: number };
}
