import { app, shell, type WebContents } from 'electron';
import { isOurAddress, pageAddress } from './origin.ts';

/** Sites that the user may be sent to, in their own browser. */
const knownHosts: ReadonlySet<string> = new Set([
  'www.tradingview.com',
  'tradingview.com',
  'duckdb.org',
  'parquet.apache.org',
]);

/** True for a link that may be handed to the user's browser. */
export function mayOpenOutside(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address);
    return protocol === 'https:' && knownHosts.has(host) && username === '' && password === '';
  } catch {
    return false;
  }
}

/** Keeps every page where it is: no leaving, no further windows, no embedded browsers. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}

function guard(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurAddress(event.url)) event.preventDefault();
  });
  // Nobody is asked before a page of ours goes to about:blank, so it is brought back.
  let wasOurs = false;
  contents.on('did-navigate', (_event, address) => {
    if (wasOurs && address === 'about:blank') void contents.loadURL(pageAddress);
    wasOurs = isOurAddress(address);
  });
  contents.on('will-redirect', (event) => {
    if (!isOurAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
