import { runCheck, windowTestEnvironment, windowTests } from './launcher/checks.mjs';
import { prepareWindow } from './launcher/prepare.mjs';
import { runLauncher } from './launcher/say.mjs';

await runLauncher(async () => {
  const window = await prepareWindow({ build: true, forOneProgram: false });
  process.on('exit', window.release);
  const chosen = { ...windowTests, args: [...windowTests.args, ...process.argv.slice(2)] };
  return (await runCheck(chosen, windowTestEnvironment(window))) ? 0 : 1;
});
