/** What jsdom has not and the window needs: sizes, so that lists have room, and what tells of their changes. */
class NoChanges {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** Gives every element 800 by 600 pixels, and the page what jsdom lacks. To be called before anything is rendered. */
export function giveElementsRoom(): void {
  Object.assign(globalThis, {
    // Says that updates are waited for, which React otherwise warns of.
    IS_REACT_ACT_ENVIRONMENT: true,
    ResizeObserver: NoChanges,
    matchMedia: () => ({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });
  for (const [name, size] of Object.entries({ offsetWidth: 800, offsetHeight: 600, clientHeight: 600 })) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  Element.prototype.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
}
