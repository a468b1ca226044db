import { callers, jobStates } from '#shared/domain/job';
import type { ErrorCode } from '#shared/errors';
import { z } from 'zod';

const instantMs = z.int();
const total = z.number().nullable();

/** `_jobs/<id>.json`: one long operation, from its request to its report. */
export const jobDocument = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]+$/i),
  kind: z.string(),
  title: z.string(),
  state: z.enum(jobStates),
  requestedBy: z.enum(callers),
  createdMs: instantMs,
  startedMs: instantMs.nullable(),
  endedMs: instantMs.nullable(),
  partitions: z.array(z.string()).readonly(),
  progress: z.object({
    files: z.number(),
    filesTotal: total,
    rows: z.number(),
    rowsTotal: total,
    sizeBytes: z.number(),
    sizeBytesTotal: total,
    doing: z.string().nullable(),
  }),
  attempt: z.int(),
  error: z
    .object({ code: z.custom<ErrorCode>((code) => typeof code === 'string'), message: z.string() })
    .nullable(),
  /** Absent in jobs that found nothing, and in those from before it was kept. */
  finding: z.string().optional(),
  resumedBy: z.string().nullable(),
  /** What was asked for, so that it can be asked for again; null for kinds that must not simply be run again. */
  request: z.unknown(),
  report: z.unknown(),
});

export type JobDocument = z.infer<typeof jobDocument>;
