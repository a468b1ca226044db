import type { Palette } from '../../renderer/chart/palette.ts';

/** Colours named after what they colour. */
export const palette = new Proxy({} as Palette, { get: (_, name) => String(name) });
