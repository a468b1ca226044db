import { realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { host, scheme } from './origin.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly path: string;
  readonly contentType: string;
}

/** The file below `folder` that an address of the page means, or null when it means none that may be served. */
export async function pageFile(folder: string, address: string): Promise<PageFile | null> {
  const name = pathIn(address);
  const contentType = name === null ? undefined : contentTypes[extname(name)];
  if (name === null || contentType === undefined) return null;
  try {
    // Compared after links are followed: a link inside the folder must not lead out of it.
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    return path.startsWith(root + sep) ? { path, contentType } : null;
  } catch {
    return null;
  }
}

function pathIn(address: string): string | null {
  try {
    const { protocol, host: asked, pathname } = new URL(address);
    if (protocol !== `${scheme}:` || asked !== host) return null;
    const path = decodeURIComponent(pathname);
    return /[\0\\]/.test(path) || path.includes('..') || path.includes('//') ? null : path;
  } catch {
    return null;
  }
}
