#!/usr/bin/env node
// CommonJS, because loading a module already starts libuv's pool of threads, whose size is read only then. DuckDB's
// queries run on that pool, beside all work on files.
process.env.UV_THREADPOOL_SIZE ??= '16';

const { join } = require('node:path');
const { ensureBuilt } = require('./launcher/built.mjs');
const { ensureDependencies } = require('./launcher/dependencies.mjs');
const { outFolder } = require('./launcher/paths.mjs');
const { runLauncher } = require('./launcher/say.mjs');

runLauncher(async () => {
  await ensureDependencies();
  await ensureBuilt();
  require(join(outFolder, 'main', 'cli.cjs'));
});
