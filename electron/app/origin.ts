/** Everything the window shows comes from here, and nothing else may. */
export const scheme = 'app';
export const host = 'tapedeck';
export const origin = `${scheme}://${host}`;
export const pageAddress = `${origin}/index.html`;

/** The part of Electron's `WebFrameMain` that tells where a message comes from. */
export interface Frame {
  readonly origin: string;
  readonly parent: Frame | null;
}

/** True for the top frame of our own page. A frame inside it, and any other page, may ask for nothing. */
export function isOurPage(frame: Frame | null | undefined): boolean {
  return frame != null && frame.origin === origin && frame.parent === null;
}

/** True for the addresses of our own pages. One that only begins alike (`app://tapedeck.evil/`) is not ours. */
export function isOurAddress(address: string): boolean {
  return address === origin || address.startsWith(`${origin}/`);
}
