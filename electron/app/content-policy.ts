const common = [
  "default-src 'none'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

const strict = [
  ...common,
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types tapedeck',
];

/** Vite's page reload and style injection need an inline script, marked by this nonce, and its socket. */
const development = [
  ...common,
  "script-src 'self' 'nonce-development'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws://localhost:5173",
  "worker-src 'self'",
];

/** The headers of every answer to the page, the ones that find nothing included: those are documents of ours, too. */
export function pageHeaders({ isDevelopment }: { readonly isDevelopment: boolean }): Record<string, string> {
  return {
    'content-security-policy': (isDevelopment ? development : strict).join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}
