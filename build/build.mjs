import { ensureBuilt } from './launcher/built.mjs';
import { ensureDependencies } from './launcher/dependencies.mjs';
import { runLauncher } from './launcher/say.mjs';

await runLauncher(async () => {
  await ensureDependencies();
  await ensureBuilt();
});
