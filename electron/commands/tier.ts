import { counted } from '#shared/counted';
import { compressionIds } from '#shared/domain/compression';
import { parseAgeDays } from '#shared/domain/policy-text';
import {
  colderTiers,
  type ColderTierId,
  type TierPlan,
  type TierReport,
  type TierState,
} from '#shared/domain/tier';
import { WorkbenchError } from '#shared/errors';
import type { TierRequest } from '#shared/ipc';
import { datasets } from '#schemas/index';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { resolutionArgument } from './arguments.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface MoveOptions {
  readonly store: string;
  readonly tier?: ColderTierId;
  readonly dataset?: string;
  readonly timeframe?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

interface SetOptions {
  readonly store: string;
  readonly path?: string;
  readonly inStore?: true;
  readonly after?: number;
  readonly profile?: string;
  readonly on?: true;
  readonly off?: true;
  readonly json?: true;
}

/** Adds `tier list`, `set`, `plan`, `migrate` and `back`. The last two want --dry-run or --yes. */
export function addTier(program: Command): void {
  const tier = program
    .command('tier')
    .description('Move files to slower, cheaper disks as they age; every reader finds them as before.')
    .addHelpText('after', '\nExample:\n  tapedeck tier migrate --store ./store --dry-run');
  addList(tier);
  addSet(tier);
  addMove(tier, 'plan', 'Print what a migration would move; the same as migrate --dry-run.');
  addMove(tier, 'migrate', 'Move merged files into the tier that their age asks for.');
  addMove(tier, 'back', 'Move files back into the store itself.');
}

function addList(tier: Command): void {
  tier
    .command('list')
    .description('Print the tiers: where they lie, what is in them, what moves there.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON list')
    .addHelpText('after', '\nExample:\n  tapedeck tier list --store ./store --json')
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const tiers = await withStore(store, 'own', (client) => client.tiers.list({}));
      if (json === true) printJson(tiers);
      else printLines(tiers.flatMap(tierLines));
    });
}

function addSet(tier: Command): void {
  tier
    .command('set')
    .description('Say where a tier lies, from which age on files move there, and how they are compressed.')
    .argument('<tier>', colderTiers.join(' or '), tierArgument)
    .requiredOption('--store <dir>', 'the store')
    .option('--path <dir>', 'its folder, perhaps on another disk; it must be there, and empty')
    .addOption(new Option('--in-store', "in the store's own folder").conflicts('path'))
    .option('--after <age>', 'files whose newest row is older move there: 30d, 12w or 7y', ageArgument)
    .addOption(new Option('--profile <profile>', 'how its files are compressed').choices(compressionIds))
    .option('--on', 'files move there')
    .addOption(new Option('--off', 'nothing more moves there; what is there stays').conflicts('on'))
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck tier set cold --path /mnt/archive/tapedeck --after 90d --store ./store',
    )
    .action(async (name: ColderTierId, options: SetOptions) => {
      const { store, path, inStore, after, profile, on, off, json } = options;
      const change = {
        ...(path === undefined ? {} : { path: resolve(path) }),
        ...(inStore === undefined ? {} : { path: null }),
        ...(after === undefined ? {} : { afterDays: after }),
        ...(profile === undefined ? {} : { profile }),
        ...(on === undefined ? {} : { isOn: true }),
        ...(off === undefined ? {} : { isOn: false }),
      };
      if (Object.keys(change).length === 0)
        throw new WorkbenchError(
          'argument-invalid',
          'Say what to set: --path, --in-store, --after, --profile, --on or --off',
        );
      const settings = await withStore(store, 'own', (client) =>
        client.tiers.save({ tiers: { [name]: change } }),
      );
      if (json === true) printJson(settings);
      else printLines([`${name} = ${JSON.stringify(settings[name])}`]);
    });
}

function addMove(tier: Command, name: 'plan' | 'migrate' | 'back', description: string): void {
  const command = tier
    .command(name)
    .description(description)
    .requiredOption('--store <dir>', 'the store')
    .addOption(
      new Option('--tier <tier>', name === 'back' ? 'only out of this tier' : 'only into this tier').choices(
        colderTiers,
      ),
    )
    .addOption(new Option('--dataset <name>', 'only this one').choices(datasets.map((each) => each.name)))
    .option('--timeframe <tf>', 'only this one', resolutionArgument)
    .option('--json', 'print one JSON object');
  if (name !== 'plan')
    command
      .addOption(
        new Option('--dry-run', 'print exactly what would move, and change nothing').conflicts('yes'),
      )
      .option('--yes', 'move it');
  command
    .addHelpText(
      'after',
      `
Files are written anew with the compression of the tier, checked row by row, and switched over one by one; the old ones
wait in the trash until their deadline, and \`tapedeck trash restore\` undoes all of it. Held files and loose parts stay.

Example:
  tapedeck tier ${name} --store ./store${name === 'plan' ? '' : ' --dry-run'} --json`,
    )
    .action(async ({ store, dryRun, yes, json, ...wish }: MoveOptions) => {
      const request: TierRequest = {
        ...(wish.tier === undefined ? {} : { tier: wish.tier }),
        ...(wish.dataset === undefined ? {} : { dataset: wish.dataset }),
        ...(wish.timeframe === undefined ? {} : { timeframe: wish.timeframe }),
        ...(name === 'back' ? { isBack: true } : {}),
      };
      if (name === 'plan' || dryRun === true) {
        const plan = await withStore(store, 'own', (client) => client.tiers.plan(request));
        if (json === true) printJson({ dryRun: true, ...plan });
        else printLines(planLines(plan));
        return;
      }
      if (yes !== true)
        throw new WorkbenchError(
          'argument-invalid',
          'Say --dry-run to see what would move, or --yes to move it',
        );
      const job = await runJob(store, (client) => client.tiers.start(request));
      if (job === null) return;
      const report = job.report as TierReport;
      if (json === true) printJson({ dryRun: false, job: job.id, ...report });
      else printLines(reportLines(report));
    });
}

function tierArgument(text: string): ColderTierId {
  const found = colderTiers.find((tier) => tier === text);
  if (found === undefined) throw new InvalidArgumentError(`${text} is none of ${colderTiers.join(', ')}`);
  return found;
}

function ageArgument(text: string): number {
  const parsed = parseAgeDays(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.reason);
  return parsed.value;
}

function tierLines({
  tier,
  folder,
  settings,
  problem,
  files,
  rows,
  sizeBytes,
  freeBytes,
}: TierState): readonly string[] {
  const free = freeBytes === null ? '' : `, ${formatBytes(freeBytes)} free`;
  const rule =
    settings === null
      ? 'where rows are written'
      : settings.isOn
        ? `after ${counted(settings.afterDays, 'day')}, ${settings.profile}`
        : 'off';
  return [
    `${tier.padEnd(5)} ${folder}  ${counted(files, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)}${free}; ${rule}`,
    ...(problem === null ? [] : [`      ${problem}`]),
  ];
}

function planLines({ moves, kept, rows, sizeBytes }: TierPlan): readonly string[] {
  return [
    ...moves.map(
      ({ path, from, to, rows: own, sizeBytes: size }) =>
        `${path}  ${from} -> ${to}  ${counted(own, 'row')}  ${formatBytes(size)}`,
    ),
    ...kept.map(({ path, because }) => `${path}  stays: ${because}`),
    moves.length === 0
      ? 'Nothing to move.'
      : `${counted(moves.length, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)} would move.`,
  ];
}

function reportLines({ moved, rows, sizeBytesBefore, sizeBytesAfter }: TierReport): readonly string[] {
  return [
    ...moved.map(({ path, output }) => `${path} -> ${output}`),
    moved.length === 0
      ? 'Nothing to move.'
      : `${counted(moved.length, 'file')}, ${counted(rows, 'row')} moved; ${formatBytes(sizeBytesBefore)} before, ${formatBytes(sizeBytesAfter)} after.`,
  ];
}
