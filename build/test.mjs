import { rmSync } from 'node:fs';
import { runCheck, runStaticChecks, tests, windowTestEnvironment, windowTests } from './launcher/checks.mjs';
import { prepareWindow } from './launcher/prepare.mjs';
import { LauncherError, say } from './launcher/say.mjs';
import { added, readTally } from './launcher/tally.mjs';

let total = { passed: 0, failed: 0 };
try {
  const window = await prepareWindow({ build: true, forOneProgram: false });
  process.on('exit', window.release);
  const env = windowTestEnvironment(window);
  let isPassed = await runStaticChecks(env);
  if (!isPassed) total = added(total, { passed: 0, failed: 0 }, false);
  for (const check of [tests, windowTests]) {
    if (!isPassed) break;
    if (check.results !== undefined) rmSync(check.results, { force: true });
    isPassed = await runCheck(check, env);
    total = added(total, readTally(check.results), isPassed);
  }
} catch (error) {
  say(error instanceof LauncherError ? error.message : String(error));
  total = added(total, { passed: 0, failed: 0 }, false);
}
// The last line, whatever happened.
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
