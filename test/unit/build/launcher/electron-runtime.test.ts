import { describe, expect, it } from 'vitest';
import { executableName, runtimeSources } from '../../../../build/launcher/electron-runtime.mjs';

const bare = {
  overrideFolder: undefined,
  isPackageComplete: false,
  sinceFailureMs: null,
  platform: 'linux',
  arch: 'x64',
} as const;
const hour = 3_600_000;

describe('runtimeSources', () => {
  it('obeys the folder that the user names, and looks nowhere else', () => {
    expect(runtimeSources({ ...bare, overrideFolder: '/opt/electron', isPackageComplete: true })).toEqual([
      'override',
    ]);
  });

  it('uses the package’s own binary without asking the network', () => {
    expect(runtimeSources({ ...bare, isPackageComplete: true })).toEqual(['package']);
  });

  it('tries to download before it falls back to the registry', () => {
    expect(runtimeSources(bare)).toEqual(['download', 'registry']);
  });

  it('leaves the download alone for six hours after it failed', () => {
    expect(runtimeSources({ ...bare, sinceFailureMs: 6 * hour - 1 })).toEqual(['registry']);
    expect(runtimeSources({ ...bare, sinceFailureMs: 6 * hour })).toEqual(['download', 'registry']);
  });

  it('has no fallback but on Linux x64', () => {
    expect(runtimeSources({ ...bare, platform: 'darwin', arch: 'arm64' })).toEqual(['download']);
    expect(runtimeSources({ ...bare, arch: 'arm64', sinceFailureMs: 0 })).toEqual([]);
  });
});

describe('executableName', () => {
  it('is where releases of Electron have it', () => {
    expect((['linux', 'win32', 'darwin'] as const).map(executableName)).toEqual([
      'electron',
      'electron.exe',
      'Electron.app/Contents/MacOS/Electron',
    ]);
  });
});
