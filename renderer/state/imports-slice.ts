import type { Client } from '#shared/ipc';

/** What of importing is asked of main. The form is a draft of the workspace. */
export interface ImportsSlice {
  readonly calls: Client['imports'];
}

/** Passes calls on to main; they reject with a `WorkbenchError`. */
export function importsSlice(client: Client): ImportsSlice {
  return { calls: client.imports };
}
