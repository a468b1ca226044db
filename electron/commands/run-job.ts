import { hasEnded, type Job, type JobSummary } from '#shared/domain/job';
import { WorkbenchError } from '#shared/errors';
import { createClient, type Bridge, type Client } from '#shared/ipc';
import { setExitStatus, stoppedStatus } from './exit-status.ts';
import { progressLine } from './progress-line.ts';
import { rewriteLine, waitingLine } from './terminal-line.ts';
import { withBridge, type Access } from './with-store.ts';

/**
 * Starts a job in the process that owns the store, follows it to its end and answers it; `null` when it was cancelled,
 * and then the exit status says so. Progress goes to standard error when that is a terminal. Ctrl-C cancels the job.
 *
 * When the owner goes away in the middle, the job is run again by the next one, where its kind allows.
 */
export async function runJob(
  folder: string,
  start: (client: Client) => Promise<JobSummary>,
  access: Access = 'own',
): Promise<Job | null> {
  return withBridge(folder, access, async (bridge) => {
    const client = createClient(bridge);
    let id: string | undefined;
    const stopped = new AbortController();
    const cancel = () => {
      if (id !== undefined) void client.jobs.cancel({ id }).catch(() => undefined);
    };
    const stop = () => {
      stopped.abort();
      cancel();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    try {
      for (;;) {
        id ??= (await begin(() => start(client))).id;
        // Told to stop while it was planned: there was nothing to cancel then.
        if (stopped.signal.aborted) cancel();
        const job = await follow(bridge, client, id).catch(nullWhenUnknown);
        if (job === null) {
          say('The process that owned the store went away before it had kept the job; it is run again.\n');
          id = undefined;
          continue;
        }
        if (job.state !== 'interrupted' || !job.canResume) return settled(job);
        say(`${job.error?.message ?? 'The job was interrupted'}; it is run again.\n`);
        ({ id } = await client.jobs.resume({ id }));
      }
    } finally {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    }
  });
}

/** Planning may take a while, too. */
async function begin(start: () => Promise<JobSummary>): Promise<JobSummary> {
  const line = waitingLine('Planning');
  try {
    return await start();
  } finally {
    line.end();
  }
}

/** The job once it has ended. Meanwhile a terminal shows how far it is. */
async function follow(bridge: Bridge, client: Client, id: string): Promise<Job> {
  if (!process.stderr.isTTY) return client.jobs.wait({ id });
  const unsubscribe = bridge.subscribe('jobs.changed', (payload) => {
    const job = (payload as readonly JobSummary[]).find((each) => each.id === id);
    if (job !== undefined && !hasEnded(job)) rewriteLine(progressLine(job, Date.now()));
  });
  try {
    return await client.jobs.wait({ id });
  } finally {
    unsubscribe();
    rewriteLine('');
  }
}

/** A job that one owner has answered and the next does not know: a full disk or a power cut took its record. */
function nullWhenUnknown(error: unknown): null {
  if (error instanceof WorkbenchError && error.code === 'argument-invalid') return null;
  throw error;
}

function settled(job: Job): Job | null {
  if (job.state === 'done') return job;
  if (job.state === 'cancelled') {
    say(`"${job.title}" was cancelled; \`tapedeck jobs show ${job.id}\` says how far it came.\n`);
    setExitStatus(stoppedStatus);
    return null;
  }
  throw new WorkbenchError(
    job.error?.code ?? 'unexpected',
    `${job.error?.message ?? job.state} (job ${job.id})`,
  );
}

function say(text: string): void {
  process.stderr.write(text);
}
