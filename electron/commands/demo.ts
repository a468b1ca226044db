import { counted } from '#shared/counted';
import type { Command } from 'commander';
import { makeDemoStore } from '../jobs/demo/make-demo-store.ts';
import { wordingDiskErrors } from '../storage/disk-error.ts';
import { printJson, printLines } from './output.ts';
import { takeStep } from './take-step.ts';

/** Adds `demo`, which fills a folder that is new or empty; any other is refused. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Make a store of invented markets: four symbols, eight weeks, with objects.')
    .argument('<dir>', 'a folder that does not exist yet, or is empty')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  tapedeck demo ./demo-store')
    .action(async (folder: string, options: { readonly json?: true }) => {
      const made = await takeStep('Making the demo store', ({ signal }) =>
        wordingDiskErrors(() => makeDemoStore(folder, signal)),
      );
      if (options.json === true) printJson(made);
      else
        printLines([
          `${folder}: ${made.symbols.join(', ')}; ${counted(made.candles, 'candle')}, ${counted(made.events, 'object event')}`,
        ]);
    });
}
