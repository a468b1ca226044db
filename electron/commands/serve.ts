import { journalDatasets } from '#shared/domain/journal';
import type { Command } from 'commander';
import { join } from 'node:path';
import { serveHttpApi } from '../api/http-api.ts';
import { usualPace } from '../jobs/schedules/schedules.ts';
import { httpNoteFile } from '../storage/layout.ts';
import { portArgument } from './arguments.ts';
import { printLines } from './output.ts';
import { withBridge } from './with-store.ts';

/** Adds `serve`, which keeps a store open and its schedules running until SIGTERM or SIGINT. --port binds 127.0.0.1. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Keep a store open without a window, for bots and other commands, until told to stop.')
    .requiredOption('--store <dir>', 'the store; begun if there is none')
    .option('--port <n>', 'also answer HTTP on this port of 127.0.0.1; 0 takes a free one', portArgument)
    .addHelpText(
      'after',
      `
The schedules of the store run meanwhile. SIGTERM and SIGINT end it cleanly: a job at work is stopped within a second,
leaves the store as before or as after, and can be resumed. Over HTTP, POST NDJSON to /v1/candles, /v1/objects or any of
${journalDatasets.map((name) => `/v1/${name}`).join(', ')},
or GET /v1/viewport, /v1/store, /v1/health and /v1/metrics, with the token from _locks/http.json in the store's folder as
"Authorization: Bearer".

Example:
  tapedeck serve --store ./store --port 8735`,
    )
    .action(async ({ store, port }: { readonly store: string; readonly port?: number }) => {
      await withBridge(
        store,
        'create',
        async (bridge) => {
          // Whoever listens takes the store over when its owner leaves.
          bridge.subscribe('store.changed', () => undefined);
          const noteFile = join(store, ...httpNoteFile.split('/'));
          const http = port === undefined ? null : await serveHttpApi(bridge, { port, noteFile });
          printLines([`${store} is open${http === null ? '' : `, HTTP on ${http.url}`}`]);
          await new Promise<void>((resolve) => {
            process.once('SIGTERM', resolve);
            process.once('SIGINT', resolve);
          });
          await http?.close();
        },
        { schedules: usualPace },
      );
    });
}
