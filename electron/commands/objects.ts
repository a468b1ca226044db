import { counted } from '#shared/counted';
import type { ObjectEvent } from '#shared/domain/chart-object';
import type { UnreadableFile } from '#shared/domain/viewport';
import { formatIsoUtc } from '#shared/domain/zone-time';
import type { Command } from 'commander';
import { instantArgument } from './arguments.ts';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

/** Adds `objects asof`, `history` and `rebuild`. Files that could not be read are named on standard error. */
export function addObjects(program: Command): void {
  const objects = program
    .command('objects')
    .description('Chart objects: as they were, and how they came to be.')
    .addHelpText('after', '\nExample:\n  tapedeck objects asof --store ./store --at 2025-09-02T15:00:00Z');

  objects
    .command('asof')
    .description('List every object as it was known at an instant.')
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--at <iso>', 'the instant; UTC unless it has an offset', instantArgument)
    .option('--symbol <symbol>', 'only this one')
    .option('--json', 'print one JSON list')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck objects asof --store ./store --at 2025-09-02T15:00:00Z --json',
    )
    .action(async (options: { store: string; at: number; symbol?: string; json?: true }) => {
      const { store, at, symbol, json } = options;
      const { objects: states, unreadable } = await withStore(store, 'read', (client) =>
        client.objects.asOf({ at, ...(symbol === undefined ? {} : { symbol }) }),
      );
      tellLeftOut(unreadable);
      if (json === true) printJson(states);
      else printLines(states.map(lineOf));
    });

  objects
    .command('history')
    .description('List every event of one object, oldest first.')
    .requiredOption('--store <dir>', 'the store')
    .requiredOption('--id <object_id>', 'the object')
    .option('--json', 'print one JSON list')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck objects history --store ./store --id SPY-15m-zone-0001 --json',
    )
    .action(async ({ store, id, json }: { store: string; id: string; json?: true }) => {
      const { events, unreadable } = await withStore(store, 'read', (client) =>
        client.objects.history({ objectId: id }),
      );
      tellLeftOut(unreadable);
      if (events.length === 0) process.stderr.write(`There is no event of an object ${id}\n`);
      if (json === true) printJson(events);
      else printLines(events.map(lineOf));
    });

  objects
    .command('rebuild')
    .description('Write objects/current/objects.parquet anew from the events.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck objects rebuild --store ./store')
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const answer = await withStore(store, 'own', (client) => client.objects.rebuild({}), {
        doing: 'Putting the events of all objects together',
      });
      if (json === true) printJson(answer);
      else printLines([`${counted(answer.objects, 'object')} written`]);
    });
}

/** On standard error, so that what goes on standard output stays what it is. */
function tellLeftOut(unreadable: readonly UnreadableFile[]): void {
  for (const { path, reason } of unreadable) process.stderr.write(`${path} was left out: ${reason}\n`);
}

function lineOf({ event_ts, action, object_type, object_id, reason }: ObjectEvent): string {
  return [formatIsoUtc(event_ts), action, object_type, object_id, reason ?? ''].join('  ').trimEnd();
}
