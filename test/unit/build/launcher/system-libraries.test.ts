import { describe, expect, it } from 'vitest';
import { missingLibraries, packagesFor } from '../../../../build/launcher/system-libraries.mjs';

const ldd = `
	linux-vdso.so.1 (0x00007ffd0c9f2000)
	libnss3.so => not found
	libgtk-3.so.0 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f1a)
	libsmime3.so => not found
`;

describe('missingLibraries', () => {
  it('names what ldd could not find, and nothing else', () => {
    expect(missingLibraries(ldd)).toEqual(['libnss3.so', 'libgtk-3.so.0', 'libsmime3.so']);
  });
});

describe('packagesFor', () => {
  it('names each Debian package once', () => {
    expect(packagesFor(missingLibraries(ldd))).toEqual({ packages: ['libgtk-3-0', 'libnss3'], unknown: [] });
  });

  it('does not take one library for another with a longer name', () => {
    expect(packagesFor(['libX11.so.6', 'libX11-xcb.so.1', 'libgtk-3.so.0', 'libgdk-3.so.0'])).toEqual({
      packages: ['libgtk-3-0', 'libx11-6', 'libx11-xcb1'],
      unknown: [],
    });
  });

  it('tells which libraries it does not know', () => {
    expect(packagesFor(['libnovelty.so.9'])).toEqual({ packages: [], unknown: ['libnovelty.so.9'] });
  });
});
