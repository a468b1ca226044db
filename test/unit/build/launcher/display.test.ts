import { describe, expect, it } from 'vitest';
import { machineSwitches, needsVirtualDisplay } from '../../../../build/launcher/display.mjs';

describe('needsVirtualDisplay', () => {
  it('is true on Linux without X11 and without Wayland', () => {
    expect(needsVirtualDisplay('linux', {})).toBe(true);
    expect(needsVirtualDisplay('linux', { DISPLAY: ':0' })).toBe(false);
    expect(needsVirtualDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
  });

  it('is false where every session has a screen', () => {
    expect(needsVirtualDisplay('darwin', {})).toBe(false);
    expect(needsVirtualDisplay('win32', {})).toBe(false);
  });
});

describe('machineSwitches', () => {
  const user = { root: false, platform: 'linux', env: { DISPLAY: ':0' } } as const;

  it('leaves the sandbox on for everyone but root', () => {
    expect(machineSwitches(user)).toEqual([]);
    expect(machineSwitches({ ...user, root: true })).toEqual(['--no-sandbox']);
  });

  it('asks for Wayland only where there is no X11', () => {
    expect(machineSwitches({ ...user, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toEqual([
      '--ozone-platform=wayland',
    ]);
    expect(machineSwitches({ ...user, env: { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' } })).toEqual([]);
  });
});
