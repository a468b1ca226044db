import type { AppendAnswer, RejectedRow } from '#shared/domain/ingest';
import type { Dataset, StoredRow } from '#schemas/define-dataset';
import { validateRow } from '#schemas/validate-row';
import type { Store } from '../storage/store.ts';

export type AppendRows = (dataset: Dataset, rows: readonly unknown[]) => Promise<AppendAnswer>;

/**
 * Checks rows as they come from outside and stores the good ones durably before it answers; a bad row never takes a
 * good one with it. Times without an offset are read in `zone`, and the answer says how many were.
 */
export function createAppendRows(store: Store, zone: string): AppendRows {
  return async (dataset, rows) => {
    const good: StoredRow[] = [];
    const rejected: RejectedRow[] = [];
    let assumed = 0;
    rows.forEach((input, index) => {
      const verdict = validateRow(dataset, input, zone);
      if (verdict.ok) {
        good.push(verdict.row);
        if (verdict.assumedZone) assumed += 1;
      } else rejected.push({ line: index + 1, field: verdict.field, reason: verdict.reason });
    });
    if (good.length > 0) {
      await store.append([{ dataset: dataset.name, version: dataset.version, rows: good }]);
    }
    return {
      accepted: good.length,
      rejected,
      ...(assumed > 0 ? { assumedZone: { zone, rows: assumed } } : {}),
    };
  };
}
