import { describe, expect, it } from 'vitest';
import { sandboxAdvice } from '../../../../build/launcher/sandbox.mjs';

const open = { canMakeNamespaces: true, hasSetuidHelper: false, isAppArmorStrict: false };
const helper = '/opt/electron/chrome-sandbox';

describe('sandboxAdvice', () => {
  it('has nothing to say where programs may make namespaces', () => {
    expect(sandboxAdvice(open, helper)).toBeNull();
  });

  it('has nothing to say where the helper is set up', () => {
    expect(sandboxAdvice({ ...open, canMakeNamespaces: false, hasSetuidHelper: true }, helper)).toBeNull();
  });

  it('names the command to run where neither is so', () => {
    expect(sandboxAdvice({ ...open, canMakeNamespaces: false }, helper)).toContain(
      `sudo chmod 4755 '${helper}'`,
    );
  });

  it('names AppArmor where it is the reason', () => {
    expect(sandboxAdvice({ ...open, isAppArmorStrict: true }, helper)).toMatch(/^AppArmor/);
  });
});
