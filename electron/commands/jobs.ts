import { jobStates, type Job, type JobDetails, type JobList, type JobSummary } from '#shared/domain/job';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { Option, type Command } from 'commander';
import { numberArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { progressLine } from './progress-line.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface ListOptions {
  readonly store: string;
  readonly state?: Job['state'];
  readonly kind?: string;
  readonly limit?: number;
  readonly json?: true;
}

interface JobOptions {
  readonly store: string;
  readonly json?: true;
}

/** Adds `jobs list`, `show`, `cancel` and `resume`. The last two wait until the job has ended. */
export function addJobs(program: Command): void {
  const jobs = program
    .command('jobs')
    .description('Long operations: those that run or wait, and what became of earlier ones.')
    .addHelpText('after', '\nExample:\n  tapedeck jobs list --store ./store');

  jobs
    .command('list')
    .description('List jobs, newest first.')
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--state <state>', 'only those in this state').choices(jobStates))
    .option('--kind <kind>', 'only those of this kind, such as compact')
    .option('--limit <n>', 'the newest so many', numberArgument)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck jobs list --store ./store --state failed --json')
    .action(async ({ store, state, kind, limit, json }: ListOptions) => {
      const request = {
        ...(state === undefined ? {} : { states: [state] }),
        ...(kind === undefined ? {} : { kind }),
        ...(limit === undefined ? {} : { limit }),
      };
      const list = await withStore(store, 'read', (client) => client.jobs.list(request));
      if (json === true) printJson(list);
      else printLines(listLines(list));
    });

  jobs
    .command('show')
    .description('Show one job with its log and its report.')
    .argument('<id>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck jobs show 20260102T220000-compact-3f2a --store ./store')
    .action(async (id: string, { store, json }: JobOptions) => {
      const details = await withStore(store, 'read', (client) => client.jobs.show({ id }));
      if (json === true) printJson(details);
      else printLines(detailLines(details));
    });

  jobs
    .command('cancel')
    .description('Tell a job to stop. What it has finished stays; the rest is as it was.')
    .argument('<id>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck jobs cancel 20260102T220000-compact-3f2a --store ./store')
    .action(async (id: string, { store, json }: JobOptions) => {
      const job = await withStore(store, 'own', async (client) => {
        await client.jobs.cancel({ id });
        return client.jobs.wait({ id });
      });
      if (json === true) printJson(job);
      else printLines([jobLine(job)]);
    });
  addResume(jobs);
}

function addResume(jobs: Command): void {
  jobs
    .command('resume')
    .description('Run the request of a job that did not come to its end again, as a job of its own.')
    .argument('<id>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck jobs resume 20260102T220000-compact-3f2a --store ./store')
    .action(async (id: string, { store, json }: JobOptions) => {
      const job = await runJob(store, (client) => client.jobs.resume({ id }));
      if (job === null) return;
      if (json === true) printJson(job);
      else printLines([jobLine(job)]);
    });
}

function listLines({ jobs, unreadable }: JobList): string[] {
  const lines = jobs.map(jobLine);
  return [
    ...(lines.length === 0 ? ['No jobs yet.'] : lines),
    ...unreadable.map(({ path, reason }) => `${path} ${reason}`),
  ];
}

function jobLine(job: JobSummary): string {
  const isLive = job.state === 'running' || job.state === 'queued';
  const said = isLive ? progressLine(job, Date.now()) : job.title;
  const told = job.error?.message ?? job.finding;
  const why = told === undefined ? '' : `  (${told})`;
  return `${job.id}  ${job.state.padEnd(11)}  ${said}${why}`;
}

function detailLines({ job, log }: JobDetails): string[] {
  const time = (ms: number | null) => (ms === null ? '-' : formatIsoUtc(ms));
  return [
    jobLine(job),
    `asked by ${job.requestedBy} ${time(job.createdMs)}, began ${time(job.startedMs)}, ended ${time(job.endedMs)}`,
    ...(job.attempt > 1 ? [`attempts: ${job.attempt}`] : []),
    ...log.map(({ atMs, text }) => `${formatIsoUtc(atMs)} ${text}`),
    ...(job.report === null ? [] : [JSON.stringify(job.report, null, 1)]),
  ];
}
