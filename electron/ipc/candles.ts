import type { Contract } from '#shared/ipc';
import { candles } from '#schemas/datasets/candles';
import type { AppendRows } from '../ingest/append-rows.ts';
import type { JobQueue } from '../jobs/queue/job-queue.ts';
import type { ReplaceDayKind } from '../jobs/replace-day.ts';
import type { Viewport } from '../queries/viewport.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on bars. A day is replaced by a job, whose end the call waits for. */
export function candleHandlers(
  viewport: Viewport,
  appendRows: AppendRows,
  replaceDay: ReplaceDayKind,
  jobs: JobQueue,
): Handlers<Contract['candles']> {
  return {
    viewport: (question, signal) => viewport(question, signal),
    append: ({ rows }) => appendRows(candles, rows),
    replaceDay: (request, signal, requestedBy) => jobs.run(replaceDay, request, { requestedBy }, signal),
  };
}
