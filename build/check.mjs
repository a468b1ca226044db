import { ensureDependencies } from './launcher/dependencies.mjs';
import { checks, runCheck } from './launcher/checks.mjs';
import { runLauncher } from './launcher/say.mjs';

await runLauncher(async () => {
  await ensureDependencies();
  for (const check of checks) {
    if (!(await runCheck(check))) return 1;
  }
  return 0;
});
