/** So many pictures are kept: those of a few screens. */
const mostKept = 1_000;

/** Paints a picture once, with its upper left corner at the origin. */
export type PaintSprite = (canvas: OffscreenCanvasRenderingContext2D) => void;

/**
 * Small pictures by name, painted once and copied from then on: without a graphics card, outlining a text or filling a
 * figure costs many times what copying its pixels does.
 */
export class Sprites {
  readonly #kept = new Map<string, ImageBitmap>();

  /** The picture of that name; it is painted if it is not there yet. Its extent is in device pixels. */
  get(name: string, width: number, height: number, paint: PaintSprite): ImageBitmap {
    const kept = this.#kept.get(name);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= mostKept) this.clear();
    const canvas = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
    const context = canvas.getContext('2d');
    if (context !== null) paint(context);
    const sprite = canvas.transferToImageBitmap();
    this.#kept.set(name, sprite);
    return sprite;
  }

  clear(): void {
    for (const sprite of this.#kept.values()) sprite.close();
    this.#kept.clear();
  }
}
