import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ app: {}, shell: {} }));
const { mayLoad } = await import('../../../../electron/app/guard-session.ts');
const { mayOpenOutside } = await import('../../../../electron/app/guard-contents.ts');

describe('mayLoad', () => {
  it('lets a page load from its own origin alone', () => {
    const addresses = [
      'app://tapedeck/index.html',
      'blob:app://tapedeck/1',
      'https://example.com/',
      'http://localhost:5173/x',
      'file:///x',
    ];
    expect(addresses.filter((address) => mayLoad(address, null))).toEqual([
      'app://tapedeck/index.html',
      'blob:app://tapedeck/1',
    ]);
  });

  it('adds the development server, and no other port of that machine', () => {
    const server = 'http://localhost:5173';
    const addresses = [
      'http://localhost:5173/x',
      'ws://localhost:5173/',
      'http://localhost:51730/x',
      'http://localhost:8080/',
    ];
    expect(addresses.filter((address) => mayLoad(address, server))).toEqual([
      'http://localhost:5173/x',
      'ws://localhost:5173/',
    ]);
  });
});

describe('mayOpenOutside', () => {
  it('opens known sites over https alone', () => {
    expect(mayOpenOutside('https://www.tradingview.com/lightweight-charts/')).toBe(true);
    for (const address of [
      'http://www.tradingview.com/',
      'https://example.com/',
      'https://www.tradingview.com:8443/',
      'not an address',
    ]) {
      expect(mayOpenOutside(address), address).toBe(false);
    }
  });
});
