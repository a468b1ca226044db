import { Command } from 'commander';
import { addAdopt } from './adopt.ts';
import { addAppend } from './append.ts';
import { addBackup } from './backup.ts';
import { addCompact } from './compact.ts';
import { addCompression } from './compression.ts';
import { addDemo } from './demo.ts';
import { addExport } from './export.ts';
import { addFiles } from './files.ts';
import { addHealth } from './health.ts';
import { addImport } from './import.ts';
import { addJobs } from './jobs.ts';
import { addObjects } from './objects.ts';
import { addHold } from './hold.ts';
import { addQuality } from './quality.ts';
import { addRetain, addRetention } from './retain.ts';
import { addRollup } from './rollup.ts';
import { addSchedule } from './schedule.ts';
import { addSchema } from './schema.ts';
import { addServe } from './serve.ts';
import { addSettings } from './settings.ts';
import { addSnapshot } from './snapshot.ts';
import { addSql } from './sql.ts';
import { addStorage } from './storage.ts';
import { addTier } from './tier.ts';
import { addTrash } from './trash.ts';
import { addVerify } from './verify.ts';
import { addViewport } from './viewport.ts';
import { appVersion } from './version.ts';

/** Every command, in the order of the help. */
export function createProgram(): Command {
  const program = new Command('tapedeck')
    .description('Market data in plain Parquet: append, look, compact.')
    .version(appVersion())
    .addHelpText('after', '\nExample:\n  tapedeck demo ./demo-store')
    // What stands behind the name of a command belongs to that command, also where a parent has an option of that name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) });
  for (const add of [
    addDemo,
    addAppend,
    addViewport,
    addCompact,
    addCompression,
    addRollup,
    addExport,
    addFiles,
    addObjects,
    addJobs,
    addSchedule,
    addSql,
    addQuality,
    addRetain,
    addRetention,
    addHold,
    addTier,
    addTrash,
    addVerify,
    addBackup,
    addHealth,
    addStorage,
    addAdopt,
    addImport,
    addSettings,
    addSchema,
    addServe,
    addSnapshot,
  ])
    add(program);
  throwInsteadOfExit(program);
  refuseEmptyStore(program);
  return program;
}

/** So that an open store is closed before the process ends, whatever was wrong with the arguments. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) throwInsteadOfExit(inner);
}

/** An empty text is no folder: it would be the current one to some commands, and none to others. */
function refuseEmptyStore(command: Command): void {
  const option = command.options.find(({ long }) => long === '--store');
  if (option !== undefined) {
    command.on('option:store', (value: unknown) => {
      if (value === '') command.error(`option '${option.flags}' is empty`);
    });
  }
  for (const inner of command.commands) refuseEmptyStore(inner);
}
