/** What opens over the window: a menu of the toolbar, or a sheet. There is one at a time. */
export const overlays = [
  'palette',
  'shortcuts',
  'about',
  'timeframe',
  'time',
  'layers',
  'indicators',
  'compare',
  'go-to-date',
  'share',
  'import',
  'candles',
  'panels',
  'layouts',
  'help',
] as const;
export type OverlayId = (typeof overlays)[number];

export interface OverlaySlice {
  readonly open: OverlayId | null;
  /** What was typed that opened it. */
  readonly typed: string;
  readonly show: (overlay: OverlayId, typed?: string) => void;
  /** Closes it, if it is the one that is open. */
  readonly hide: (overlay: OverlayId) => void;
}

/** Begins with nothing open; what is shown takes the place of what was. */
export function overlaySlice(
  set: (change: Partial<OverlaySlice>) => void,
  get: () => OverlaySlice,
): OverlaySlice {
  return {
    open: null,
    typed: '',
    show: (open, typed = '') => set({ open, typed }),
    hide(overlay) {
      if (get().open === overlay) set({ open: null, typed: '' });
    },
  };
}
