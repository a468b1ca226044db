import type { IPaneApi, Time } from 'lightweight-charts';
import type { PanePlace } from './study-setting.ts';

export type NamedPane = readonly [id: string, pane: IPaneApi<Time>];

/** Tells where panes are, whenever one of them comes, goes or is resized. */
export class PanePlaces {
  readonly #container: HTMLElement;
  readonly #tell: (places: readonly PanePlace[]) => void;
  readonly #observer: ResizeObserver;
  #panes: readonly NamedPane[] = [];
  #told = '';

  constructor(container: HTMLElement, tell: (places: readonly PanePlace[]) => void) {
    this.#container = container;
    this.#tell = tell;
    this.#observer = new ResizeObserver(() => this.#measure());
  }

  watch(panes: readonly NamedPane[]): void {
    this.#panes = panes;
    // The library makes the elements of new panes when it draws next.
    requestAnimationFrame(() => requestAnimationFrame(() => this.#observe()));
  }

  close(): void {
    this.#panes = [];
    this.#observer.disconnect();
  }

  #observe(): void {
    this.#observer.disconnect();
    for (const [, pane] of this.#panes) {
      const element = pane.getHTMLElement();
      if (element !== null) this.#observer.observe(element);
    }
    this.#measure();
  }

  #measure(): void {
    const { top } = this.#container.getBoundingClientRect();
    const places = this.#panes.flatMap(([id, pane]): readonly PanePlace[] => {
      const box = pane.getHTMLElement()?.getBoundingClientRect();
      return box === undefined
        ? []
        : [{ id, top: Math.round(box.top - top), height: Math.round(box.height) }];
    });
    const told = JSON.stringify(places);
    if (told === this.#told) return;
    this.#told = told;
    this.#tell(places);
  }
}
