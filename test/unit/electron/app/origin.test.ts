import { describe, expect, it } from 'vitest';
import { isOurAddress, isOurPage } from '../../../../electron/app/origin.ts';

const top = { origin: 'app://tapedeck', parent: null };

describe('isOurPage', () => {
  it('knows the top frame of the page', () => {
    expect(isOurPage(top)).toBe(true);
  });

  it('refuses a frame inside it, another origin, and a frame that is gone', () => {
    expect([
      isOurPage({ ...top, parent: top }),
      isOurPage({ ...top, origin: 'null' }),
      isOurPage(null),
    ]).toEqual([false, false, false]);
  });
});

describe('isOurAddress', () => {
  it('is not fooled by an address that only begins like ours', () => {
    expect(isOurAddress('app://tapedeck/index.html')).toBe(true);
    expect(isOurAddress('app://tapedeck.example.com/')).toBe(false);
    expect(isOurAddress('app://tapedeck@example.com/')).toBe(false);
  });
});
