import type { Contract } from '#shared/ipc';
import { objects } from '#schemas/datasets/objects';
import type { AppendRows } from '../ingest/append-rows.ts';
import type { CurrentObjects } from '../jobs/current-objects.ts';
import type { ObjectReader } from '../queries/object-reader.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on chart objects and their events. */
export function objectHandlers(
  reader: ObjectReader,
  appendRows: AppendRows,
  current: CurrentObjects,
): Handlers<Contract['objects']> {
  return {
    append: ({ rows }) => appendRows(objects, rows),
    history: ({ objectId }, signal) => reader.history(objectId, signal),
    asOf: ({ at, symbol }, signal) => reader.asOf(at, symbol, signal),
    nextEvent: ({ symbol, at, direction }, signal) => reader.nextEvent(symbol, at, direction, signal),
    rebuild: async () => ({ objects: await current.rebuild() }),
  };
}
