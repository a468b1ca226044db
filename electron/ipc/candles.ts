import type { Contract } from '#shared/ipc';
import { candles } from '#schemas/datasets/candles';
import type { AppendRows } from '../ingest/append-rows.ts';
import type { ReplaceDay } from '../jobs/replace-day.ts';
import type { Viewport } from '../queries/viewport.ts';
import type { Handlers } from './handlers.ts';

export function candleHandlers(
  viewport: Viewport,
  appendRows: AppendRows,
  replaceDay: ReplaceDay,
): Handlers<Contract['candles']> {
  return {
    viewport: (question, signal) => viewport(question, signal),
    append: ({ rows }) => appendRows(candles, rows),
    replaceDay: (request, signal) => replaceDay(request, signal),
  };
}
