import { ensureDependencies } from './launcher/dependencies.mjs';
import { runChecks } from './launcher/checks.mjs';
import { runLauncher } from './launcher/say.mjs';

await runLauncher(async () => {
  await ensureDependencies();
  return (await runChecks()) ? 0 : 1;
});
