import type { JournalDataset } from '#shared/domain/journal';
import type { Contract } from '#shared/ipc';
import { audits } from '#schemas/datasets/audits';
import { decisions } from '#schemas/datasets/decisions';
import { policies } from '#schemas/datasets/policies';
import { quotes } from '#schemas/datasets/quotes';
import { stats } from '#schemas/datasets/stats';
import { trades } from '#schemas/datasets/trades';
import type { Dataset } from '#schemas/define-dataset';
import type { AppendRows } from '../ingest/append-rows.ts';
import type { JournalReader } from '../queries/journal-reader.ts';
import type { Handlers } from './handlers.ts';

const byName: Readonly<Record<JournalDataset, Dataset>> = {
  ...{ decisions, audits, stats, policies },
  ...{ trades, quotes },
};

/** Answers calls on what programs write down as it happens. */
export function journalHandlers(
  reader: JournalReader,
  appendRows: AppendRows,
): Handlers<Contract['journal']> {
  return {
    append: ({ dataset, rows }) => appendRows(byName[dataset], rows),
    list: ({ dataset, ...wanted }, signal) => reader.list(byName[dataset], wanted, signal),
  };
}
