import { linkScheme } from '#shared/domain/deep-link';
import { app } from 'electron';
import { z } from 'zod';
import type { AppArguments } from './app-arguments.ts';

/** What a second start hands to the first one. */
export interface PassedOn extends Record<string, unknown> {
  readonly storeFolder: string | null;
  readonly link: string | null;
}

const schema = z.object({ storeFolder: z.string().nullable(), link: z.string().nullable() });

/** The part of a second start's arguments that the first one acts on; `readPassedOn` reads it there. */
export function passedOn({ storeFolder, link }: AppArguments): PassedOn {
  return { storeFolder, link };
}

/** What a second start handed over; nothing at all when it is another version that speaks otherwise. */
export function readPassedOn(data: unknown): PassedOn {
  const read = schema.safeParse(data);
  return read.success ? read.data : { storeFolder: null, link: null };
}

/**
 * Makes our links open this program. An installed one only: a checkout would leave the desktop with a program that is
 * not there the day after.
 *
 * Macs send an event where the others start the program a second time, and send it before there is anything to follow a
 * link with: what this hands back is told who does, and then of every link, the early ones included.
 */
export function claimLinks(): (follow: (link: string) => void) => void {
  // Behind `--` a link can smuggle in no option of ours or of Chromium's, whatever a shell makes of it.
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme, process.execPath, ['--']);
  const early: string[] = [];
  let follow: (link: string) => void = (link) => void early.push(link);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    follow(link);
  });
  return (follower) => {
    follow = follower;
    early.splice(0).forEach(follower);
  };
}
