import { rmSync } from 'node:fs';
import { runCheck, runChecks, tests, windowTestEnvironment, windowTests } from './launcher/checks.mjs';
import { prepareWindow } from './launcher/prepare.mjs';
import { LauncherError, say } from './launcher/say.mjs';
import { added, nothing, readTally } from './launcher/tally.mjs';

let total = nothing;
try {
  const window = await prepareWindow({ build: true, forOneProgram: false });
  process.on('exit', window.release);
  const env = windowTestEnvironment(window);
  for (const { results = '' } of [tests, windowTests]) rmSync(results, { force: true });
  const isPassed = await runChecks(env);
  total = added(total, readTally(tests.results), isPassed);
  if (isPassed) {
    const isWindowPassed = await runCheck(windowTests, env);
    total = added(total, readTally(windowTests.results), isWindowPassed);
  }
} catch (error) {
  say(error instanceof LauncherError ? error.message : String(error));
  total = added(total, nothing, false);
}
// Once more, where one looks first.
for (const failure of total.failures) process.stdout.write(`FAILED  ${failure}\n`);
// The last line, whatever happened.
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
