import './platform/prepare-process.ts';
import { CommanderError } from 'commander';
import { exitStatus, statusOfFailure } from './commands/exit-status.ts';
import { guardOutput } from './commands/guard-output.ts';
import { createProgram } from './commands/program.ts';

/** The command line: the same services as the window, and the same contract when another process owns the store. */
// A command that never comes to its end must not pass for one that succeeded.
process.exitCode = 1;
guardOutput();
createProgram()
  .parseAsync(process.argv)
  .then(() => {
    process.exitCode = exitStatus();
  })
  .catch((error: unknown) => {
    // Commander has said what was wrong with the arguments already.
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = statusOfFailure();
    }
  });
