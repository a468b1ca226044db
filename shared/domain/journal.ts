import type { UnreadableFile } from './viewport.ts';

/** What programs write down as it happens, of their own work and of a market: each a dataset of its own. */
export const journalDatasets = ['decisions', 'audits', 'stats', 'policies', 'trades', 'quotes'] as const;
export type JournalDataset = (typeof journalDatasets)[number];

/** The most rows that one question brings. */
export const mostJournalRows = 2_000;

/** A row by the columns of its dataset. Instants are ms UTC, JSON is text. */
export type JournalRow = Readonly<Record<string, string | number | null>>;

export interface JournalPage {
  /** Newest first, each key once. */
  readonly rows: readonly JournalRow[];
  /** Whether there are older ones that the limit left out. */
  readonly hasMore: boolean;
  readonly unreadable: readonly UnreadableFile[];
}
