import { formatIsoUtc } from '#shared/domain/zone-time';
import type { Dataset, StoredRow } from '#schemas/define-dataset';

/** A row of any dataset, with what places it in a file. */
export interface TimedRow {
  readonly timeframe: string;
  readonly tsMs: number;
  readonly row: StoredRow;
}

export interface DatasetRows {
  readonly dataset: Dataset;
  readonly rows: readonly TimedRow[];
}

export type Values = Readonly<Record<string, string | number | null>>;

/** A row of what is given and what follows from it; `given` has its `timeframe` and `ts`. */
export function demoRow(dataset: Dataset, symbol: string, given: Values): TimedRow {
  const tsMs = Number(given['ts']);
  const values: Values = {
    ...given,
    symbol,
    ts_iso: formatIsoUtc(tsMs),
    schema_version: dataset.version,
  };
  return {
    timeframe: String(values['timeframe']),
    tsMs,
    row: Object.keys(dataset.columns).map((name) => values[name] ?? null),
  };
}
