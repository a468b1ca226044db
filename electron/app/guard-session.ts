import type { Session } from 'electron';
import { isOurAddress, isOurPage, origin } from './origin.ts';

/** True for what a page of ours may load. Everything else, the whole network included, is out of reach. */
export function mayLoad(address: string, developmentServer: string | null): boolean {
  if (isOurAddress(address) || address.startsWith(`blob:${origin}/`) || address.startsWith('devtools:'))
    return true;
  if (developmentServer === null) return false;
  const { host } = new URL(developmentServer);
  return address.startsWith(`http://${host}/`) || address.startsWith(`ws://${host}/`);
}

/** Closes everything that a session leaves open: the network, permissions, devices and downloads. */
export function guardSession(session: Session, developmentServer: string | null): void {
  session.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) => {
    answer({ cancel: !mayLoad(url, developmentServer) });
  });
  // Copying text is the one thing the page may ask for: Chromium grants it only for a click or a key of the user's.
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write' && isOurPage(contents.mainFrame));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, asking) =>
      permission === 'clipboard-sanitized-write' && isOurAddress(asking.replace(/\/$/, '')),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault();
  });
}
