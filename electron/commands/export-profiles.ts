import { formatTraits } from '#shared/domain/export-profile';
import { WorkbenchError } from '#shared/errors';
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

/** Adds `profiles` below the command `export`. Only profiles that were saved in a store can be replaced or deleted. */
export function addExportProfiles(parent: Command): void {
  const profiles = parent
    .command('profiles')
    .description('Ways to export: those that come with Tapedeck, and those saved in a store.')
    .addHelpText('after', '\nExample:\n  tapedeck export profiles list --store ./store');

  profiles
    .command('list')
    .description('List the profiles of a store.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck export profiles list --store ./store --json')
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const list = await withStore(store, 'read', (client) => client.exports.profiles({}));
      for (const fault of list.faults) process.stderr.write(`${fault}\n`);
      if (json === true) printJson(list);
      else {
        printLines(
          list.profiles.map(({ profile, isBuiltIn }) =>
            [
              profile.id,
              formatTraits[profile.format].title,
              isBuiltIn ? 'comes with Tapedeck' : 'saved in the store',
              profile.doc,
            ].join('  '),
          ),
        );
      }
    });

  profiles
    .command('show <id>')
    .description('Print a profile as JSON: change it, give it another id, and save it.')
    .requiredOption('--store <dir>', 'the store')
    .addHelpText('after', '\nExample:\n  tapedeck export profiles show csv --store ./store > mine.json')
    .action(async (id: string, { store }: { store: string }) => {
      const { profiles: listed, faults } = await withStore(store, 'read', (client) =>
        client.exports.profiles({}),
      );
      const found = listed.find(({ profile }) => profile.id === id);
      if (found === undefined) {
        const fault = faults.find((each) => each.includes(`${id}.json`));
        throw new WorkbenchError('argument-invalid', fault ?? `There is no export profile ${id}`);
      }
      process.stdout.write(`${JSON.stringify(found.profile, null, 2)}\n`);
    });

  profiles
    .command('save <file>')
    .description('Save a profile in the store, or replace the one of its id; - reads standard input.')
    .requiredOption('--store <dir>', 'the store')
    .addHelpText('after', '\nExample:\n  tapedeck export profiles save mine.json --store ./store')
    .action(async (file: string, { store }: { store: string }) => {
      const profile = await readJson(file);
      const saved = await withStore(store, 'own', (client) => client.exports.saveProfile({ profile }));
      printLines([`Saved ${saved.id}`]);
    });

  profiles
    .command('delete <id>')
    .description('Delete a profile of the store.')
    .requiredOption('--store <dir>', 'the store')
    .addHelpText('after', '\nExample:\n  tapedeck export profiles delete mine --store ./store')
    .action(async (id: string, { store }: { store: string }) => {
      await withStore(store, 'own', (client) => client.exports.deleteProfile({ id }));
      printLines([`Deleted ${id}`]);
    });
}

async function readJson(file: string): Promise<unknown> {
  const content = file === '-' ? await text(process.stdin) : await readFileNamed(file);
  try {
    return JSON.parse(content);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WorkbenchError('argument-invalid', `${file} is not JSON: ${reason}`, { cause });
  }
}

async function readFileNamed(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new WorkbenchError('argument-invalid', `${file} cannot be read`, { cause });
  }
}
