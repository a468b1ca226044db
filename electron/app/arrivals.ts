import type { ReadLink } from '#shared/domain/deep-link';

/** Links on their way into a window: kept until its page asks, told at once from then on. */
export interface Arrivals {
  readonly arrive: (link: ReadLink) => void;
  /** The link that waits, once. Whoever takes it is told of the next ones. */
  readonly take: () => ReadLink | null;
  /** True while there is a page that is told at once. */
  readonly isHeard: () => boolean;
  /** The page that listened is gone. */
  readonly forgetPage: () => void;
}

/** Calls `tell` from the first `take` until `forgetPage`. Of links that come with no page there only the last waits. */
export function createArrivals(tell: (link: ReadLink) => void): Arrivals {
  let waiting: ReadLink | null = null;
  let isListening = false;
  return {
    arrive(link) {
      if (isListening) tell(link);
      else waiting = link;
    },
    take() {
      isListening = true;
      const taken = waiting;
      waiting = null;
      return taken;
    },
    isHeard: () => isListening,
    forgetPage() {
      isListening = false;
    },
  };
}
