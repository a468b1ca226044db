import type { Contract } from '#shared/ipc';
import type { Schedules } from '../jobs/schedules/schedules.ts';
import type { Handlers } from './handlers.ts';

/** Answers calls on schedules. `run` answers when the job is queued. */
export function scheduleHandlers(schedules: Schedules): Handlers<Contract['schedules']> {
  return {
    list: () => schedules.list(),
    preview: ({ cron, zone }) => Promise.resolve(schedules.preview(cron, zone)),
    save: ({ id, schedule }) => schedules.save(schedule, id),
    remove: async ({ id }) => {
      await schedules.remove(id);
      return null;
    },
    run: ({ id }, _signal, requestedBy) => schedules.run(id, requestedBy),
  };
}
