import { isActive, nameOfHold, type Hold } from '#shared/domain/hold';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { Command } from 'commander';
import { userInfo } from 'node:os';
import { instantArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

interface AddOptions {
  readonly store: string;
  readonly symbol?: string;
  readonly dataset?: string;
  readonly from?: number;
  readonly until?: number;
  readonly path?: string;
  readonly reason: string;
  readonly owner?: string;
  readonly json?: true;
}

/** Adds `hold add`, `list` and `release`. Who does it is the user of this session unless another name is given. */
export function addHold(program: Command): void {
  const hold = program
    .command('hold')
    .description('Keep files from being removed, whatever a policy or a button says.')
    .addHelpText('after', '\nExample:\n  tapedeck hold list --store ./store');

  hold
    .command('add')
    .description('Hold what fits all that is given: a symbol, a dataset, a range, a pattern of paths.')
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--reason <text>', 'why')
    .option('--owner <name>', 'who wants it; the user of this session unless given')
    .option('--symbol <symbol>', 'files with rows of this one')
    .option('--dataset <name>', 'files of this one')
    .option('--from <time>', 'files with rows from here on, ISO-8601 or ms', instantArgument)
    .option('--until <time>', 'files with rows before this', instantArgument)
    .option('--path <glob>', "files whose path fits, such as 'data/1m/2025-09-*'")
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      "\nExample:\n  tapedeck hold add --store ./store --symbol SPY --from 2025-09-01 --until 2025-10-01 --reason 'audit of September'",
    )
    .action(async ({ store, path, json, owner, ...given }: AddOptions) => {
      const added = await withStore(store, 'own', (client) =>
        client.holds.add({
          ...given,
          owner: owner ?? userInfo().username,
          ...(path === undefined ? {} : { pattern: path }),
        }),
      );
      if (json === true) printJson(added);
      else printLines([holdLine(added)]);
    });

  hold
    .command('list')
    .description('List what is held, by whom and why.')
    .requiredOption('--store <dir>', 'the store')
    .option('--all', 'those that were released, too')
    .option('--json', 'print one JSON list')
    .addHelpText('after', '\nExample:\n  tapedeck hold list --store ./store --all --json')
    .action(async ({ store, all, json }: { store: string; all?: true; json?: true }) => {
      const holds = await withStore(store, 'read', (client) =>
        client.holds.list({ withReleased: all === true }),
      );
      if (json === true) printJson(holds);
      else printLines(holds.length === 0 ? ['Nothing is held.'] : holds.map(holdLine));
    });

  hold
    .command('release')
    .description('End a hold. It stays in the record.')
    .argument('<id>', 'as the list names it')
    .requiredOption('--store <dir>', 'the store')
    .option('--by <name>', 'who releases it; the user of this session unless given')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck hold release hold-3f2a9c --store ./store')
    .action(async (id: string, { store, by, json }: { store: string; by?: string; json?: true }) => {
      const released = await withStore(store, 'own', (client) =>
        client.holds.release({ id, by: by ?? userInfo().username }),
      );
      if (json === true) printJson(released);
      else printLines([holdLine(released)]);
    });
}

function holdLine(hold: Hold): string {
  const { symbol, dataset, from, until, pattern, createdMs, releasedMs, releasedBy } = hold;
  const covers = [
    ...(symbol === null ? [] : [symbol]),
    ...(dataset === null ? [] : [dataset]),
    ...(from === null ? [] : [`from ${formatIsoUtc(from)}`]),
    ...(until === null ? [] : [`until ${formatIsoUtc(until)}`]),
    ...(pattern === null ? [] : [pattern]),
  ];
  const end =
    isActive(hold) || releasedMs === null
      ? ''
      : `, released ${formatIsoUtc(releasedMs)} by ${releasedBy ?? 'nobody'}`;
  return `${covers.join(', ')}: ${nameOfHold(hold)} since ${formatIsoUtc(createdMs)}${end}`;
}
