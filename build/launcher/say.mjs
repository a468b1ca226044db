/** A failure whose message is all that the person needs to see. */
export class LauncherError extends Error {}

/** Writes one line for the person at the terminal. Standard output belongs to the program that is started. @param {string} line */
export function say(line) {
  process.stderr.write(`tapedeck: ${line}\n`);
}

/**
 * Runs a program of the launcher, wording what goes wrong in one line.
 *
 * @param {() => Promise<number | void>} main resolves to the exit code, if it knows one
 */
export async function runLauncher(main) {
  try {
    refuseOldNode(process.versions.node);
    const code = await main();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    if (!(error instanceof LauncherError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

/** @param {string} version */
function refuseOldNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new LauncherError(`Node ${version} is too old: install Node 20.19 or later.`);
  }
}
