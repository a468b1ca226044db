import { settingGuide } from '#shared/domain/store-settings';
import { WorkbenchError } from '#shared/errors';
import type { Command } from 'commander';
import { printJson, printLines } from './output.ts';
import { withStore } from './with-store.ts';

/** Adds `settings list` and `set`. A value is read as JSON, and as plain text where it is none. */
export function addSettings(program: Command): void {
  const settings = program
    .command('settings')
    .description('What can be chosen for a store.')
    .addHelpText('after', '\nExample:\n  tapedeck settings list --store ./store');

  settings
    .command('list')
    .description('Print every setting with what it does.')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck settings list --store ./store --json')
    .action(async ({ store, json }: { store: string; json?: true }) => {
      const values = await withStore(store, 'read', (client) => client.settings.read({}));
      if (json === true) printJson(values);
      else
        printLines(
          settingGuide.map(
            ({ name, effect }) => `${name} = ${JSON.stringify(values[name] ?? null)}\n    ${effect}`,
          ),
        );
    });

  settings
    .command('set')
    .description('Change settings; they hold at once, also for a window that has the store open.')
    .argument('<name=value...>', 'JSON, or plain text; null goes back to the default')
    .requiredOption('--store <dir>', 'the store')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExample:\n  tapedeck settings set zone=America/New_York trashDays=14 --store ./store',
    )
    .action(async (pairs: readonly string[], { store, json }: { store: string; json?: true }) => {
      const change = Object.fromEntries(pairs.map(readPair));
      const result = await withStore(store, 'own', (client) => client.settings.change({ change }));
      if (json === true) printJson(result);
      else
        printLines(
          result.changed.length === 0
            ? ['nothing changed']
            : result.changed.map((name) => `${name} = ${JSON.stringify(result.settings[name] ?? null)}`),
        );
    });
}

function readPair(text: string): readonly [string, unknown] {
  const sign = text.indexOf('=');
  if (sign < 1) throw new WorkbenchError('argument-invalid', `${text}: write name=value`);
  const value = text.slice(sign + 1);
  try {
    return [text.slice(0, sign), JSON.parse(value) as unknown];
  } catch {
    return [text.slice(0, sign), value];
  }
}
