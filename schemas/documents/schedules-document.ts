import { scheduledTasks, scheduleLimits } from '#shared/domain/schedule';
import { isZone } from '#shared/domain/zone-offsets';
import { z } from 'zod';

const instantMs = z.int();

/** What a user says of a schedule; whether its `cron` is one and ever fires is judged where it is run. */
export const scheduleRequest = z
  .object({
    name: z.string().trim().min(1, 'is empty').max(scheduleLimits.name),
    cron: z.string().trim().min(1, 'is empty').max(scheduleLimits.cron),
    zone: z.string().refine(isZone, 'is not a time zone of the IANA list'),
    task: z.enum(scheduledTasks),
    isOn: z.boolean(),
    catchUpHours: z
      .int('is not a whole number of hours')
      .min(0, 'is negative')
      .max(scheduleLimits.catchUpHours, `is more than a week (${scheduleLimits.catchUpHours})`),
  })
  .strict();

/** `_schedules/schedules.json`: what is done by itself, when, and what of it was dealt with. */
export const schedulesDocument = z.object({
  version: z.literal(1),
  schedules: z
    .array(
      scheduleRequest.extend({
        id: z.string().min(1),
        createdMs: instantMs,
        handledMs: instantMs,
        lastRun: z
          .object({
            dueMs: instantMs.nullable(),
            atMs: instantMs,
            jobId: z.string().nullable(),
            fault: z.string().nullable(),
          })
          .nullable(),
        lastMissed: z.object({ dueMs: instantMs, atMs: instantMs, because: z.string() }).nullable(),
      }),
    )
    .max(scheduleLimits.schedules)
    .readonly(),
});
