import type { ReadLink } from './deep-link.ts';
import type { ObjectFilters, ShownTypes } from './object-filter.ts';

/** A picture that a page is started for: it shows nothing else, paints this and hands it over. */
export interface PictureOrder {
  readonly symbol: string;
  readonly timeframe: string;
  /** Ms UTC, half-open: exactly this stretch is painted. */
  readonly from: number;
  readonly until: number;
  readonly theme: 'dark' | 'light';
  /** IANA zone in which times are written. */
  readonly zone: string;
}

/** What a window was opened for. A page asks once, when it starts. */
export interface WindowPurpose {
  /** The one panel that the window shows; null for the whole workbench. */
  readonly panel: string | null;
  /** A link to follow once the store is there. */
  readonly arrival: ReadLink | null;
  readonly picture: PictureOrder | null;
  /** What the window looks at that a panel was taken out of. */
  readonly focus: SharedFocus | null;
}

/** What a window looks at, told to the windows that are linked with it. */
export interface SharedFocus {
  readonly symbol: string;
  readonly timeframe: string;
  /** The edges of the screen in ms UTC; null where nothing is known of them. */
  readonly view: { readonly from: number; readonly until: number } | null;
  /** To be in the middle, where a window without a chart was taken to; null else. */
  readonly at: number | null;
  /** It shows what was known at this instant; null is now. */
  readonly asOf: number | null;
  /** The newest bar is on the screen. */
  readonly isFollowing: boolean;
  readonly objectId: string | null;
  /** Which objects its chart shows; null for a window without one. */
  readonly shown: { readonly layers: ShownTypes; readonly filters: ObjectFilters } | null;
}
