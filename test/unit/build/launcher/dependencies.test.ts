import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../../../build/launcher/dependencies.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};

describe('isInstalled', () => {
  it('is false when nothing was installed, or the install was cut short', () => {
    expect(isInstalled(wanted, null)).toBe(false);
  });

  it('is true when every package that is needed here has its version', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': { version: '4.6.7' } } })).toBe(true);
  });

  it('is false when the lock file asks for another version', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/zod': { version: '4.6.6' } } })).toBe(false);
  });

  it('is false when a package is missing', () => {
    expect(isInstalled(wanted, { packages: {} })).toBe(false);
  });
});
