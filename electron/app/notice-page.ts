import { escapeHtml } from '#shared/domain/escape-html';
import { origin } from './origin.ts';

/** What the window says while there is no store to show. */
export interface Notice {
  readonly title: string;
  readonly text: string;
  /** Work is going on; the page will go away by itself. */
  readonly isBusy: boolean;
}

export const noticePath = '/notice.html';
const stylePath = '/notice.css';

/** The address that `noticePage` answers with this notice: all of it travels in the query. */
export function noticeAddress({ title, text, isBusy }: Notice): string {
  const query = new URLSearchParams({ title, text, ...(isBusy ? { busy: '' } : {}) });
  return `${origin}${noticePath}?${query.toString()}`;
}

/** The notice that an address of ours asks for, or its style sheet, or null. */
export function noticePage(address: string): { readonly body: string; readonly contentType: string } | null {
  const { pathname, searchParams } = new URL(address);
  if (pathname === stylePath) return { body: style, contentType: 'text/css; charset=utf-8' };
  if (pathname !== noticePath) return null;
  const title = escapeHtml(searchParams.get('title') ?? '');
  const text = escapeHtml(searchParams.get('text') ?? '');
  const body = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="${stylePath}"></head>
<body><main role="${searchParams.has('busy') ? 'status' : 'alert'}"><h1>${title}</h1><p>${text}</p>
${searchParams.has('busy') ? '<div class="busy"></div>' : ''}</main></body>
</html>`;
  return { body, contentType: 'text/html; charset=utf-8' };
}

const style = `
html { height: 100%; background: #0d1117; color: #e6edf3; font: 13px/1.5 system-ui, sans-serif; }
body { height: 100%; margin: 0; display: grid; place-items: center; }
main { max-width: 36rem; padding: 24px; }
h1 { margin: 0 0 8px; font-size: 18px; font-weight: 600; }
p { margin: 0; color: #c9d1d9; overflow-wrap: anywhere; white-space: pre-line; }
.busy { margin-top: 16px; width: 40%; height: 2px; background: #2f81f7; animation: pulse 1.2s ease-in-out infinite alternate; }
@keyframes pulse { from { opacity: 0.2; } to { opacity: 1; } }
@media (prefers-reduced-motion: reduce) { .busy { animation: none; } }
`;
