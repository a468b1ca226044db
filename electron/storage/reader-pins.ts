/** Who reads files just now: what is replaced meanwhile stays in its place until they are done. */
export class ReaderPins {
  readonly #pins = new Set<symbol>();
  readonly #waiting = new Set<() => void>();

  /** Answers how to let go. */
  pin(): () => void {
    const pin = Symbol('reader');
    this.#pins.add(pin);
    return () => {
      this.#pins.delete(pin);
      for (const look of [...this.#waiting]) look();
    };
  }

  /** Returns once the readers of this moment are done. */
  async released(): Promise<void> {
    const readers = [...this.#pins];
    await new Promise<void>((resume) => {
      const look = () => {
        if (readers.some((reader) => this.#pins.has(reader))) return;
        this.#waiting.delete(look);
        resume();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
