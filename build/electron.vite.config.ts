import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thirdParty } from './third-party.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'build', 'out');

/** The programs of the main side. Each becomes a file of that name beside the others. */
const input = {
  index: join(root, 'electron/main.ts'),
  cli: join(root, 'electron/cli.ts'),
  compactor: join(root, 'electron/compactor.ts'),
  exporter: join(root, 'electron/exporter.ts'),
  importer: join(root, 'electron/importer.ts'),
  sql: join(root, 'electron/sql.ts'),
};

// The oldest runtime that is supported, not the one installed: Electron 25, which is Node 18.15 and Chromium 114.
const nodeTarget = 'node18.15';
const pageTarget = 'chrome114';

export default defineConfig(({ command }) => ({
  main: {
    root,
    build: {
      outDir: join(out, 'main'),
      target: nodeTarget,
      // Small and plain ones are built in, which starts faster than a hundred files; those with binaries stay packages.
      externalizeDeps: {
        exclude: ['apache-arrow', 'commander', 'fflate', 'hucre', 'picomatch', 'yauzl', 'zod'],
      },
      sourcemap: true,
      rolldownOptions: {
        input,
        output: {
          format: 'cjs',
          // Electron 25 cannot import() a package from inside app.asar; require() it can.
          dynamicImportInCjs: false,
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    root,
    build: {
      outDir: join(out, 'preload'),
      target: nodeTarget,
      // A sandboxed preload can require nothing of ours, so it is one file.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    plugins: [react()],
    define: { thirdPartyPackages: JSON.stringify(thirdParty()) },
    build: {
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      target: pageTarget,
      cssTarget: pageTarget,
      minify: true,
      sourcemap: true,
      // Inlined files would be data: addresses, which the page may load as pictures only.
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(root, 'renderer/index.html') },
    },
    // The page is served as app://tapedeck, which hands requests on to this server and puts its own policy on them.
    ...(command === 'serve' && {
      html: { cspNonce: 'development' },
      server: {
        host: 'localhost',
        port: 5173,
        strictPort: true,
        hmr: { protocol: 'ws', host: 'localhost', clientPort: 5173 },
      },
    }),
  },
}));
