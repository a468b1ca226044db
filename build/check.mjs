import { ensureDependencies } from './launcher/dependencies.mjs';
import { runCheck, runStaticChecks, tests } from './launcher/checks.mjs';
import { runLauncher } from './launcher/say.mjs';

await runLauncher(async () => {
  await ensureDependencies();
  return (await runStaticChecks()) && (await runCheck(tests)) ? 0 : 1;
});
