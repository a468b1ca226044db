import type { Dataset } from '#schemas/define-dataset';
import type { Engine } from '../../engine/engine.ts';
import { readStoredRows } from '../../engine/read-stored-rows.ts';
import type { FileEntry } from '../../storage/file-entry.ts';
import { periodRange } from '../../storage/layout.ts';
import type { Tail } from '../../storage/tail.ts';
import { tailRow, type TailRow } from '../../storage/tail-row.ts';

/**
 * Rows of an old log that had no file yet. A row is left out when a living file has its key from the same writing or
 * a later one: then the record that said so is among what was lost.
 */
export async function salvageRows(
  engine: Engine,
  root: string,
  tail: Tail,
  living: readonly FileEntry[],
): Promise<readonly TailRow[]> {
  const salvaged: TailRow[] = [];
  for (const { dataset, timeframe, partition, rows } of tail.pending()) {
    const { from, until } = periodRange(partition);
    const first = Math.min(...rows.map(({ sequence }) => sequence));
    const files = living.filter(
      (file) =>
        file.dataset === dataset.name &&
        file.timeframe === timeframe &&
        file.sequence >= first &&
        file.spans.some((span) => span.first < until && span.last >= from),
    );
    const written = await lastWritten(engine, root, dataset, files);
    salvaged.push(...rows.filter((row) => (written.get(keyOf(row)) ?? -1) < row.sequence));
  }
  return salvaged;
}

async function lastWritten(
  engine: Engine,
  root: string,
  dataset: Dataset,
  files: readonly FileEntry[],
): Promise<ReadonlyMap<string, number>> {
  const written = new Map<string, number>();
  for (const file of files) {
    const [rows = []] = await readStoredRows(engine, root, [file.path], dataset);
    for (const values of rows) {
      const key = keyOf(tailRow(dataset, values, file.sequence, 0));
      written.set(key, Math.max(file.sequence, written.get(key) ?? 0));
    }
  }
  return written;
}

function keyOf({ dataset, values, timeframe }: TailRow): string {
  const names = Object.keys(dataset.columns);
  return JSON.stringify(
    dataset.key.map((name) => (name === 'timeframe' ? timeframe : (values[names.indexOf(name)] ?? null))),
  );
}
