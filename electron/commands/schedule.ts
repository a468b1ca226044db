import {
  scheduledTasks,
  taskNames,
  type ListedSchedule,
  type ScheduleList,
  type ScheduledTask,
  type ScheduleRequest,
} from '#shared/domain/schedule';
import { schedulePresets } from '#shared/domain/schedule-presets';
import { formatIsoInZone, formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import type { Client } from '#shared/ipc';
import { Option, type Command } from 'commander';
import { numberArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface StoreOptions {
  readonly store: string;
  readonly json?: true;
}

interface AddOptions extends StoreOptions {
  readonly preset?: string;
  readonly cron?: string;
  readonly zone?: string;
  readonly task?: ScheduledTask;
  readonly catchUp?: number;
  readonly off?: true;
}

const presetIds = schedulePresets('crypto', 'UTC').map(({ id }) => id);
const usualCatchUpHours = 12;

/** Adds `schedule` and what is below it. Only `run` starts a job; the others list or change what is done by itself. */
export function addSchedule(program: Command): void {
  const schedule = program
    .command('schedule')
    .description('What a store does by itself, by the clocks of a zone.')
    .addHelpText(
      'after',
      `
Schedules run while a window has the store open or \`tapedeck serve\` keeps it, and only in the process that owns it.
Of runs that were missed meanwhile the last one is made up for, once, if it is not older than its --catch-up. A time that
the clocks skip in spring is due when they have skipped it; one that they show twice in autumn is due the first time.
A clock that is put back makes nothing run twice.

Example:
  tapedeck schedule add Nightly --task verify --cron '30 3 * * *' --zone America/New_York --store ./store`,
    );
  addListing(schedule);
  addChanges(schedule);
  addRun(schedule);
}

function addListing(schedule: Command): void {
  schedule
    .command('list')
    .description('List schedules with their next and last run.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck schedule list --store ./store --json')
    .action(async ({ store, json }: StoreOptions) => {
      const list = await withStore(store, 'read', (client) => client.schedules.list({}));
      if (json === true) printJson(list);
      else printLines(listLines(list));
    });

  schedule
    .command('next')
    .description('Print the next five times of a schedule, or of an expression that is none yet.')
    .argument('<schedule or cron>', 'its name or id, or a cron expression in quotes')
    .requiredOption('--store <dir>', 'the store')
    .option('--zone <zone>', 'whose clocks an expression goes by; the zone of the store unless given')
    .option('--json', 'print one JSON list')
    .addHelpText('after', "\nExample:\n  tapedeck schedule next '15 20 * * MON-FRI' --store ./store")
    .action(async (what: string, { store, zone, json }: StoreOptions & { readonly zone?: string }) => {
      const runs = await withStore(store, 'read', async (client) => {
        const { schedules } = await client.schedules.list({});
        const known = schedules.find(({ id, name }) => id === what || name === what);
        const wanted = zone ?? known?.zone ?? (await client.settings.read({})).zone;
        const times = await client.schedules.preview({ cron: known?.cron ?? what, zone: wanted });
        return times.map((atMs) => ({ atMs, utc: formatIsoUtc(atMs), local: formatIsoInZone(wanted, atMs) }));
      });
      if (json === true) printJson(runs);
      else printLines(runs.map(({ utc, local }) => `${utc}  ${local}`));
    });
}

function addChanges(schedule: Command): void {
  schedule
    .command('add')
    .description('Add a schedule: a preset, or a task with its cron expression.')
    .argument('[name]', 'what to call it; the name of the preset unless given')
    .requiredOption('--store <dir>', 'the store')
    .addOption(new Option('--preset <id>', 'begin with this one').choices(presetIds))
    .option('--cron <expression>', 'minute, hour, day, month and weekday')
    .option('--zone <zone>', 'whose clocks it goes by; the zone of the store unless given')
    .addOption(new Option('--task <task>', 'what is done').choices(scheduledTasks))
    .option(
      '--catch-up <hours>',
      `make up for a run that was missed, if due within so many hours; 0: never (usually ${usualCatchUpHours})`,
      numberArgument,
    )
    .option('--off', 'switched off for now')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck schedule add --preset after-the-close --store ./store')
    .action(async (name: string | undefined, options: AddOptions) => {
      const added = await withStore(options.store, 'own', async (client) =>
        client.schedules.save({ schedule: await requestOf(client, name, options) }),
      );
      if (options.json === true) printJson(added);
      else printLines(scheduleLines(added));
    });

  for (const [verb, isOn, words] of [
    ['enable', true, 'Switch a schedule on; what was due meanwhile is not made up for.'],
    ['disable', false, 'Switch a schedule off and keep it.'],
  ] as const) {
    schedule
      .command(verb)
      .description(words)
      .argument('<schedule>', 'its name or id')
      .requiredOption('--store <dir>', 'the store')
      .option('--json', 'print one JSON object')
      .addHelpText('after', `\nExample:\n  tapedeck schedule ${verb} 'Nightly check' --store ./store`)
      .action(async (what: string, { store, json }: StoreOptions) => {
        const saved = await withStore(store, 'own', async (client) => {
          const known = await findSchedule(client, what);
          const { name, cron, zone, task, catchUpHours } = known;
          return client.schedules.save({
            id: known.id,
            schedule: { name, cron, zone, task, catchUpHours, isOn },
          });
        });
        if (json === true) printJson(saved);
        else printLines(scheduleLines(saved));
      });
  }

  schedule
    .command('remove')
    .description('Remove a schedule. The jobs that it began stay in the history.')
    .argument('<schedule>', 'its name or id')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', "\nExample:\n  tapedeck schedule remove 'Nightly check' --store ./store")
    .action(async (what: string, { store, json }: StoreOptions) => {
      const removed = await withStore(store, 'own', async (client) => {
        const { id, name } = await findSchedule(client, what);
        await client.schedules.remove({ id });
        return { id, name };
      });
      if (json === true) printJson(removed);
      else printLines([`${removed.name} was removed.`]);
    });
}

function addRun(schedule: Command): void {
  schedule
    .command('run')
    .description('Run the job of a schedule now, and wait for its end.')
    .argument('<schedule>', 'its name or id')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', "\nExample:\n  tapedeck schedule run 'Nightly check' --store ./store")
    .action(async (what: string, { store, json }: StoreOptions) => {
      const job = await runJob(store, async (client) =>
        client.schedules.run({ id: (await findSchedule(client, what)).id }),
      );
      if (job === null) return;
      if (json === true) printJson(job);
      else printLines([`${job.title}: ${job.state} (job ${job.id})`]);
    });
}

async function requestOf(
  client: Client,
  name: string | undefined,
  { preset: presetId, cron, zone, task, catchUp, off }: AddOptions,
): Promise<ScheduleRequest> {
  const settings = await client.settings.read({});
  const preset = schedulePresets(settings.defaultCalendar, settings.zone).find(({ id }) => id === presetId);
  return {
    name: needed('name', name ?? preset?.name),
    cron: needed('cron', cron ?? preset?.cron),
    zone: zone ?? preset?.zone ?? settings.zone,
    task: needed('task', task ?? preset?.task),
    isOn: off !== true,
    catchUpHours: catchUp ?? preset?.catchUpHours ?? usualCatchUpHours,
  };
}

function needed<T>(argument: string, value: T | undefined): T {
  if (value === undefined)
    throw new WorkbenchError('argument-invalid', `${argument}: is not given, and no --preset has one`);
  return value;
}

async function findSchedule(client: Client, what: string): Promise<ListedSchedule> {
  const { schedules } = await client.schedules.list({});
  const schedule = schedules.find(({ id, name }) => id === what || name === what);
  if (schedule !== undefined) return schedule;
  const names = schedules.map(({ name }) => name).join(', ');
  throw new WorkbenchError(
    'argument-invalid',
    `schedule: there is no ${what}; ${names === '' ? 'there are none yet' : `there are ${names}`}`,
  );
}

function listLines({ schedules, isKept }: ScheduleList): string[] {
  if (schedules.length === 0)
    return [`No schedules yet: tapedeck schedule add --preset ${presetIds.join('|')}`];
  const keeper = isKept ? [] : ['They run while a window has the store open, or `tapedeck serve` keeps it.'];
  return [...schedules.flatMap(scheduleLines), ...keeper];
}

function scheduleLines({ name, id, task, cron, zone, isOn, nextMs, ...state }: ListedSchedule): string[] {
  const { lastRun, lastState, lastMissed, fault } = state;
  const [next] = nextMs;
  return [
    `${name}  (${id})  ${taskNames[task]}  ${cron}  ${zone}${isOn ? '' : '  off'}`,
    ...(fault === null ? [] : [`    cannot run: ${fault}`]),
    ...(next === undefined ? [] : [`    next  ${formatIsoUtc(next)}  ${formatIsoInZone(zone, next)}`]),
    ...(lastRun === null
      ? []
      : [
          `    last  ${formatIsoUtc(lastRun.atMs)}  ${lastRun.fault ?? `${lastState ?? 'begun'} (job ${lastRun.jobId ?? 'unknown'})`}`,
        ]),
    ...(lastMissed === null ? [] : [`    missed  ${formatIsoUtc(lastMissed.dueMs)}: ${lastMissed.because}`]),
  ];
}
