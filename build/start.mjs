#!/usr/bin/env node
import { join } from 'node:path';
import { forgetBuild } from './launcher/built.mjs';
import { root } from './launcher/paths.mjs';
import { prepareWindow } from './launcher/prepare.mjs';
import { runWindow } from './launcher/run-window.mjs';
import { runLauncher, say } from './launcher/say.mjs';
import { parseStartArguments, startHelp } from './launcher/start-arguments.mjs';

await runLauncher(async () => {
  const asked = parseStartArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  if (asked.help) {
    process.stdout.write(startHelp);
    return 0;
  }
  const window = await prepareWindow({ build: !asked.dev, forOneProgram: !asked.dev });
  process.on('exit', window.release);
  if (window.switches.includes('--no-sandbox'))
    say('Running as root, so without the sandbox (--no-sandbox).');
  const env = { ...window.env, ...(window.isVirtual ? { TAPEDECK_VIRTUAL_DISPLAY: '1' } : {}) };
  const switches = [...window.switches, ...asked.switches];
  if (!asked.dev) return runWindow(window.executable, [...switches, root, ...asked.appArguments], env);
  // It builds into the same folder, its own way.
  forgetBuild();
  const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  return runWindow(
    process.execPath,
    [
      electronVite,
      'dev',
      '--config',
      'build/electron.vite.config.ts',
      '--',
      ...switches,
      ...asked.appArguments,
    ],
    { ...env, ELECTRON_EXEC_PATH: window.executable },
  );
});
