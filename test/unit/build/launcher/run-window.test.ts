import { describe, expect, it } from 'vitest';
import { isNoise } from '../../../../build/launcher/run-window.mjs';

describe('isNoise', () => {
  it('holds back what Chromium says of a machine without a desktop session or a GPU', () => {
    const line = '[8892:1121/092210.123456:ERROR:bus.cc(399)] Failed to connect to the bus: ENOENT';
    expect(isNoise(line)).toBe(true);
    expect(isNoise('[9:1121/0922:ERROR:viz_main_impl.cc(186)] Exiting GPU process due to errors')).toBe(true);
  });

  it('lets through what the program itself says', () => {
    expect(isNoise('Tapedeck ended on an error nobody caught: Error: bus.cc')).toBe(false);
    expect(isNoise('[9:1121/0922:FATAL:zygote_host_impl_linux.cc(127)] No usable sandbox!')).toBe(false);
  });
});
