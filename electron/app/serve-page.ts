import { net, protocol, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { pageHeaders } from './content-policy.ts';
import { noticePage } from './notice-page.ts';
import { origin, scheme } from './origin.ts';
import { pageFile } from './page-file.ts';

/** Tells Chromium that our scheme is as good as https. Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the window's page from `folder`, or from Vite's server while developing. */
export function servePage(session: Session, folder: string, developmentServer: string | null): void {
  const strict = pageHeaders({ isDevelopment: false });
  session.protocol.handle(scheme, async (request) => {
    const notice = noticePage(request.url);
    if (notice !== null) {
      return new Response(notice.body, { headers: { ...strict, 'content-type': notice.contentType } });
    }
    if (developmentServer !== null) return proxied(request, developmentServer);
    const file = request.method === 'GET' ? await pageFile(folder, request.url) : null;
    if (file === null) return new Response('Not found', { status: 404, headers: strict });
    return new Response(await readFile(file.path), {
      headers: { ...strict, 'content-type': file.contentType },
    });
  });
}

async function proxied(request: Request, server: string): Promise<Response> {
  const answer = await net.fetch(request.url.replace(origin, server), { method: request.method });
  return new Response(answer.body, {
    status: answer.status,
    headers: {
      ...pageHeaders({ isDevelopment: true }),
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
    },
  });
}
