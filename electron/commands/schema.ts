import { jsonSchemaOf } from '#schemas/json-schema';
import { datasets, findDataset } from '#schemas/index';
import { Argument, type Command } from 'commander';

/** Adds `schema print`, which needs no store. */
export function addSchema(program: Command): void {
  const schema = program
    .command('schema')
    .description('What rows must look like.')
    .addHelpText('after', '\nExample:\n  tapedeck schema print objects');
  schema
    .command('print')
    .description('Print the JSON Schema of a dataset.')
    .addArgument(new Argument('<dataset>', 'which').choices(datasets.map(({ name }) => name)))
    .addHelpText('after', '\nExample:\n  tapedeck schema print candles')
    .action((name: string) => {
      const dataset = findDataset(name);
      if (dataset !== undefined) process.stdout.write(`${JSON.stringify(jsonSchemaOf(dataset), null, 2)}\n`);
    });
}
