// Electron's releases carry a default app that opens the folder named on the command line. This runtime came without one.
const { app } = require('electron');

process.on('uncaughtException', (error) => {
  console.error(error);
  app.exit(1);
});

const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve } = require('node:path');

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
Module._load(resolve(folder, manifest.main), null, true);
