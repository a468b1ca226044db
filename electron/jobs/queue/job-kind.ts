import type { JobProgress } from '#shared/domain/job';
import type { WorkbenchError } from '#shared/errors';
import type { z } from 'zod';

/** A kind of long operation: how it is planned, what it touches, and how it is done. */
export interface JobKind<Request, Plan, Report> {
  /** Kebab-case; part of the id of every job of this kind. */
  readonly kind: string;
  /** Decides what would be done and writes nothing: a dry run shows this very plan. Wrong arguments are refused here. */
  readonly plan: (request: Request) => Promise<Plan>;
  /** What the plan comes down to, in a few words: `Compact candles 5m 2025-09-02`. */
  readonly title: (plan: Plan) => string;
  /** What no other job may touch meanwhile, as `partitionName` writes it, or `wholeStore`. */
  readonly partitionsOf: (plan: Plan) => readonly string[];
  /**
   * Does what the plan says. Once `signal` is aborted it stops within a second, with the store as before or as after.
   * A further attempt gets the same plan, some of which may be done.
   */
  readonly run: (plan: Plan, context: JobContext) => Promise<Report>;
  /** Whether a further attempt may help; failures of the disk and `busy` unless said otherwise. */
  readonly canRetry?: (error: WorkbenchError) => boolean;
  /** What somebody should look at in a report, in a few words: `2 problems`; null when there is nothing. */
  readonly findingOf?: (report: Report) => string | null;
  /** True where nothing in the store is written: such a job also runs where the store may only be read. */
  readonly readsOnly?: (plan: Plan) => boolean;
  /** Reads a request that was kept. Given where running the same request again is safe after it was cut short. */
  readonly resume?: z.ZodType<Request>;
}

/** What a running job is given, and how it tells how far it is. */
export interface JobContext {
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** Says what has changed of the progress. May be called at any rate. */
  readonly progress: (change: Partial<JobProgress>) => void;
  /** Adds a line to the job's log. */
  readonly log: (text: string) => void;
  /** What is done so far, to be kept in case the rest is not. */
  readonly reportSoFar: (report: unknown) => void;
}

/** A kind of any request, for lists of them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list holds kinds of different requests
export type AnyJobKind = JobKind<any, any, any>;
