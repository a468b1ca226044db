import type { Client } from '#shared/ipc';

/** What programs wrote down of their own work. Panels hold what they show themselves. */
export interface JournalSlice {
  /** Rejects with a `WorkbenchError`. */
  readonly read: Client['journal']['list'];
}

export function journalSlice(client: Client): JournalSlice {
  return { read: (question) => client.journal.list(question) };
}
