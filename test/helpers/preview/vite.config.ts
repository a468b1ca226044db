import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types tapedeck',
].join('; ');

/** `npx vite build -c test/helpers/preview/vite.config.ts`, then `npx vite preview -c ...`: under the real policy. */
const config = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'chrome114',
    outDir: '../../../node_modules/.cache/preview',
    emptyOutDir: true,
    assetsInlineLimit: 0,
  },
  preview: { port: 5199, headers: { 'content-security-policy': policy } },
});

export { config as default };
