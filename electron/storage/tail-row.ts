import { resolutionIn, type Dataset, type StoredRow } from '#schemas/define-dataset';
import { firstCompactedLevel, periodOf } from './layout.ts';

/** Rows that share a folder of parts. */
export interface Partition {
  readonly dataset: Dataset;
  readonly timeframe: string;
  readonly partition: string;
}

/** A row in memory: where it belongs, where it stands in the log, and the part that holds it too, if one does. */
export interface TailRow extends Partition {
  readonly symbol: string;
  readonly values: StoredRow;
  readonly sequence: number;
  readonly index: number;
  file: string | null;
}

/** Places a row of the log. */
export function tailRow(
  dataset: Dataset,
  values: StoredRow,
  sequence: number,
  index: number,
  file: string | null = null,
): TailRow {
  const { symbolAt, timeframeAt, instantAt } = placesOf(dataset);
  const spelled = String(values[timeframeAt]);
  const timeframe = resolutionIn(dataset, spelled) ?? spelled;
  const partition = periodOf(firstCompactedLevel(dataset), Number(values[instantAt]));
  return { dataset, timeframe, partition, symbol: String(values[symbolAt]), values, sequence, index, file };
}

/** Order of writing: of two rows with one key the later one counts. */
export function byWriting(a: TailRow, b: TailRow): number {
  return a.sequence - b.sequence || a.index - b.index;
}

/** Names a partition in a map: `candles/5m/2025-09-02`. */
export function partitionKey({ dataset, timeframe, partition }: Partition): string {
  return `${dataset.name}/${timeframe}/${partition}`;
}

const places = new Map<string, { symbolAt: number; timeframeAt: number; instantAt: number }>();

function placesOf(dataset: Dataset) {
  let found = places.get(dataset.name);
  if (found === undefined) {
    const names = Object.keys(dataset.columns);
    found = {
      symbolAt: names.indexOf('symbol'),
      timeframeAt: names.indexOf('timeframe'),
      instantAt: names.indexOf(dataset.instant),
    };
    places.set(dataset.name, found);
  }
  return found;
}
