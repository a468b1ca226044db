import { replyOf, WorkbenchError } from '#shared/errors';
import { channels, droppedChannel } from '#shared/ipc';
import { packReply } from '#shared/packed-reply';
import { ipcMain, type WebContents } from 'electron';
import { dispatch } from '../ipc/dispatch.ts';
import type { WindowHandlers } from '../ipc/handlers.ts';
import { isOurPage } from './origin.ts';

/** How the calls of one window's page are answered. */
export interface PageCalls {
  readonly handlers: WindowHandlers;
  /** Calls on the store, as the process that owns it answers them. */
  readonly callStore: (channel: string, args: unknown) => Promise<unknown>;
  /** Files fell into the window. */
  readonly onDropped: (paths: readonly string[]) => void;
}

/** Answers every call in the contract, for the pages of our own windows alone. The one place that touches `ipcMain`. */
export function serveIpc(callsOf: (contents: WebContents) => PageCalls | null): void {
  for (const { channel, space, entry } of channels) {
    if (entry.kind !== 'call') continue;
    ipcMain.handle(channel, (event, args: unknown) => {
      const calls = isOurPage(event.senderFrame) ? callsOf(event.sender) : null;
      if (calls === null) return refusal(channel);
      if (space in calls.handlers) return dispatch(calls.handlers, channel, args);
      return calls.callStore(channel, args).then((reply) => packReply(channel, reply));
    });
  }
  ipcMain.on(droppedChannel, (event, paths: unknown) => {
    const calls = isOurPage(event.senderFrame) ? callsOf(event.sender) : null;
    if (Array.isArray(paths)) calls?.onDropped(paths.filter((path) => typeof path === 'string'));
  });
}

function refusal(channel: string) {
  return replyOf(new WorkbenchError('permission-denied', `${channel} was asked by a page that is not ours`));
}
