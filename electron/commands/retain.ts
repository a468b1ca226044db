import { counted } from '#shared/counted';
import {
  keptKinds,
  nameOfPolicy,
  type KeptKind,
  type RetentionGuardrails,
  type RetentionPlan,
  type RetentionPolicy,
  type RetentionReport,
  type RetentionSettings,
} from '#shared/domain/retention';
import { parseAgeDays, parsePolicy, parseTarget } from '#shared/domain/policy-text';
import { formatIsoUtc } from '#shared/domain/zone-time';
import { WorkbenchError } from '#shared/errors';
import type { RetentionRequest } from '#shared/ipc';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { numberArgument } from './arguments.ts';
import { formatBytes, printJson, printLines } from './output.ts';
import { runJob } from './run-job.ts';
import { withStore } from './with-store.ts';

interface RetainOptions {
  readonly store: string;
  readonly policy?: readonly RetentionPolicy[];
  readonly exclude?: readonly string[];
  readonly minAge?: number;
  readonly maxShare?: number;
  readonly rollupSources?: true;
  readonly openObjects?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Adds `retain`, which wants --dry-run or --yes, and with --yes removes what its own plan lists or nothing. */
export function addRetain(program: Command): void {
  program
    .command('retain')
    .description('Remove whole files that are past what the policies keep. They go to the trash first.')
    .requiredOption('--store <dir>', 'the store')
    .option(
      '--policy <policy...>',
      'such as candles:1m=30d, candles@cold=5y or candles=10GiB,500MiB/symbol, in place of those set for the store',
      policyArgument,
    )
    .option('--exclude <glob...>', 'paths that stay, whatever --policy says')
    .option('--min-age <age>', 'nothing younger goes, such as 7d', minAgeArgument)
    .option('--max-share <percent>', 'the largest share of the store that one run takes', numberArgument)
    .option('--rollup-sources', 'remove bars that rollups are made from, too; longer bars go with them')
    .option('--open-objects', 'remove the last event of objects that are still open, too')
    .addOption(new Option('--dry-run', 'list what would go, and change nothing').conflicts('yes'))
    .option('--yes', 'remove it')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Without --policy the policies that are switched on for the store count (\`tapedeck retention list\`).

Example:
  tapedeck retain --store ./store --policy candles:1m=30d --dry-run --json`,
    )
    .action(async (options: RetainOptions) => {
      if (options.dryRun !== true && options.yes !== true) {
        throw new WorkbenchError(
          'argument-invalid',
          'retain: give --dry-run to see what would go, or --yes to remove it',
        );
      }
      const [plan, request] = await withStore(
        options.store,
        options.yes === true ? 'own' : 'read',
        async (client) => {
          const wanted = requestOf(options, await client.retention.settings({}));
          return [await client.retention.plan(wanted), wanted] as const;
        },
      );
      if (options.dryRun === true) {
        if (options.json === true) printJson(planJson(plan));
        else printLines(planLines(plan));
        return;
      }
      const { atMs, digest } = plan;
      const job = await runJob(options.store, (client) =>
        client.retention.start({ ...request, atMs, digest }),
      );
      if (job === null) return;
      const report = job.report as RetentionReport;
      if (options.json === true)
        printJson({ ...planJson(plan), job: report.job, deadlineMs: report.deadlineMs });
      else printLines(reportLines(report));
    });
}

interface PolicyOptions {
  readonly store: string;
  readonly exclude?: readonly string[];
  readonly json?: true;
}

/** Adds `retention list`, `set`, `off` and `guard`. They say what is kept; none of them removes a file. */
export function addRetention(program: Command): void {
  const retention = program
    .command('retention')
    .description('How long the store keeps what: policies, and the limits that none of them goes beyond.')
    .addHelpText('after', '\nExample:\n  tapedeck retention list --store ./store');

  retention
    .command('list')
    .description('List policies and guardrails.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck retention list --store ./store --json')
    .action(async ({ store, json }: PolicyOptions) => {
      show(await withStore(store, 'read', (client) => client.retention.settings({})), json);
    });

  retention
    .command('set')
    .description('Set a policy and switch it on, in place of the one of the same dataset and timeframe.')
    .argument('<policy>', 'such as candles:1m=30d', policyArgument)
    .requiredOption('--store <dir>', 'the store')
    .option('--exclude <glob...>', 'paths that stay, whatever the policy says')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck retention set candles:1m=30d,10GiB --store ./store')
    .action(async ([policy]: readonly RetentionPolicy[], { store, exclude = [], json }: PolicyOptions) => {
      if (policy === undefined) return;
      const set = { ...policy, exclude };
      show(await change(store, (policies) => [...policies.filter(unlike(set)), set]), json);
    });

  retention
    .command('off')
    .description('Switch a policy off; its limits are remembered.')
    .argument('<target>', 'such as candles:1m or candles:1m@cold', targetArgument)
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck retention off candles:1m --store ./store')
    .action(async (target: Target, { store, json }: PolicyOptions) => {
      const settings = await change(store, (policies) => {
        if (policies.every(unlike(target)))
          throw new WorkbenchError(
            'argument-invalid',
            `target: there is no policy of ${nameOfPolicy(target)}`,
          );
        return policies.map((policy) => (unlike(target)(policy) ? policy : { ...policy, isOn: false }));
      });
      show(settings, json);
    });

  retention
    .command('guard')
    .description('Set the limits that no policy goes beyond.')
    .requiredOption('--store <dir>', 'the store')
    .option('--min-age <age>', 'nothing younger goes, such as 7d', minAgeArgument)
    .option('--max-share <percent>', 'the largest share of the store that one run takes', numberArgument)
    .addOption(
      new Option('--rollup-sources <keep>', 'whether bars that rollups are made from stay').choices([
        'keep',
        'remove',
      ]),
    )
    .addOption(
      new Option(
        '--open-objects <keep>',
        'whether the last event of an object that is still open stays',
      ).choices(['keep', 'remove']),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck retention guard --store ./store --min-age 14d --max-share 20',
    )
    .action(
      async ({
        store,
        json,
        rollupSources,
        openObjects,
        ...limits
      }: PolicyOptions & {
        readonly minAge?: number;
        readonly maxShare?: number;
        readonly rollupSources?: 'keep' | 'remove';
        readonly openObjects?: 'keep' | 'remove';
      }) => {
        const settings = await withStore(store, 'own', async (client) => {
          const { policies, guardrails } = await client.retention.settings({});
          const keeps = {
            ...(rollupSources === undefined ? {} : { keepRollupSources: rollupSources === 'keep' }),
            ...(openObjects === undefined ? {} : { keepOpenObjects: openObjects === 'keep' }),
          };
          return client.retention.saveSettings({
            policies,
            guardrails: { ...guardrailsOf(limits, guardrails), ...keeps },
          });
        });
        show(settings, json);
      },
    );
}

type Target = Pick<RetentionPolicy, 'dataset' | 'timeframe' | 'tier'>;

function unlike(target: Target) {
  return ({ dataset, timeframe, tier }: Target) =>
    dataset !== target.dataset || timeframe !== target.timeframe || tier !== target.tier;
}

function change(
  store: string,
  edit: (policies: readonly RetentionPolicy[]) => readonly RetentionPolicy[],
): Promise<RetentionSettings> {
  return withStore(store, 'own', async (client) => {
    const { policies, guardrails } = await client.retention.settings({});
    return client.retention.saveSettings({ policies: edit(policies), guardrails });
  });
}

function show(settings: RetentionSettings, json: true | undefined): void {
  if (json === true) {
    printJson(settings);
    return;
  }
  const { minAgeDays, maxSharePercent, keepRollupSources, keepOpenObjects } = settings.guardrails;
  printLines([
    ...settings.policies.map(policyLine),
    `Nothing under ${minAgeDays} days goes, and at most ${maxSharePercent} % of the store in one run.`,
    `Bars that rollups are made from ${keepRollupSources ? 'stay' : 'may go, and longer bars with them'}.`,
    `The last event of an object that is still open ${keepOpenObjects ? 'stays' : 'may go, and the object with it'}.`,
  ]);
}

function policyLine(policy: RetentionPolicy): string {
  const { isOn, maxAgeDays, maxSizeBytes, maxSizeBytesPerSymbol, exclude } = policy;
  const limits = [
    ...(maxAgeDays === null ? [] : [counted(maxAgeDays, 'day')]),
    ...(maxSizeBytes === null ? [] : [`${formatBytes(maxSizeBytes)} in all`]),
    ...(maxSizeBytesPerSymbol === null ? [] : [`${formatBytes(maxSizeBytesPerSymbol)} a symbol`]),
  ];
  const but = exclude.length === 0 ? '' : `, but ${exclude.join(', ')}`;
  return `${isOn ? 'on ' : 'off'}  ${nameOfPolicy(policy).padEnd(12)}  ${limits.join(', ') || 'no limit'}${but}`;
}

function requestOf(
  { policy, exclude = [], rollupSources, openObjects, ...limits }: RetainOptions,
  { guardrails }: RetentionSettings,
): RetentionRequest {
  if (policy === undefined && exclude.length > 0)
    throw new WorkbenchError('argument-invalid', 'exclude: goes with --policy');
  return {
    ...(policy === undefined ? {} : { policies: policy.map((each) => ({ ...each, exclude })) }),
    guardrails: {
      ...guardrailsOf(limits, guardrails),
      ...(rollupSources === true ? { keepRollupSources: false } : {}),
      ...(openObjects === true ? { keepOpenObjects: false } : {}),
    },
  };
}

function guardrailsOf(
  { minAge, maxShare }: { readonly minAge?: number; readonly maxShare?: number },
  set: RetentionGuardrails,
): RetentionGuardrails {
  return { ...set, minAgeDays: minAge ?? set.minAgeDays, maxSharePercent: maxShare ?? set.maxSharePercent };
}

/** Names and shape are a promise to scripts. */
function planJson({ files, kept, rows, sizeBytes, digest }: RetentionPlan) {
  return {
    files: files.map((file) => ({
      path: file.path,
      rows: file.rows,
      bytes: file.sizeBytes,
      reason: file.reason,
    })),
    rows,
    bytes: sizeBytes,
    kept: kept.map(({ path, because }) => ({ path, because })),
    digest,
  };
}

const keptWords: Readonly<Record<KeptKind, string>> = {
  held: 'held',
  excluded: 'excluded',
  'rollup-source': 'the last copy of what a rollup is made from',
  'open-object': 'with the last event of an object that is still open',
  'too-young': 'younger than the least age',
  'cut-through': 'only partly past the limit',
  'share-reached': 'left for the next run',
  'not-there': 'on a disk that is not there',
  'within-limits': 'within the limits',
};

function planLines({ files, kept, rows, sizeBytes }: RetentionPlan): string[] {
  const counts = keptKinds.flatMap((kind) => {
    const count = kept.filter((file) => file.kind === kind).length;
    return count === 0 ? [] : [`${count} ${keptWords[kind]}`];
  });
  return [
    ...files.map(({ path, reason, ...file }) =>
      [path, counted(file.rows, 'row'), formatBytes(file.sizeBytes), reason].join('  '),
    ),
    files.length === 0
      ? 'Nothing would go.'
      : `${counted(files.length, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)} would go.`,
    ...(counts.length === 0 ? ['No policy looks at any file.'] : [`Stay: ${counts.join(', ')}.`]),
  ];
}

function reportLines({ job, files, rows, sizeBytes, deadlineMs }: RetentionReport): string[] {
  if (files.length === 0) return ['Nothing was past its limits.'];
  return [
    ...files.map(({ path, reason }) => `${path}  ${reason}`),
    `${counted(files.length, 'file')}, ${counted(rows, 'row')}, ${formatBytes(sizeBytes)} went to the trash.`,
    `Until ${formatIsoUtc(deadlineMs)} \`tapedeck trash restore ${job}\` brings them back.`,
  ];
}

function policyArgument(text: string, before: readonly RetentionPolicy[] = []): readonly RetentionPolicy[] {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.reason);
  return [...before, parsed.value];
}

function targetArgument(text: string): Target {
  const parsed = parseTarget(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.reason);
  return parsed.value;
}

function minAgeArgument(text: string): number {
  if (/^0d?$/.test(text.trim())) return 0;
  const parsed = parseAgeDays(text);
  if (!parsed.ok) throw new InvalidArgumentError(parsed.reason);
  return parsed.value;
}
