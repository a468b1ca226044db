import { looksOf } from '../../renderer/chart/object-looks.ts';
import type { Palette } from '../../renderer/chart/palette.ts';

/** Colours named after what they colour. */
export const palette = new Proxy({} as Palette, { get: (_, name) => String(name) });

/** The usual styles in those colours. */
export const looks = looksOf({}, palette);
