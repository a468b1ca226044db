/** Cuts a text that comes in pieces at its line feeds. */
export interface LineSplitter {
  /** The lines that are whole with this piece. */
  readonly take: (piece: string) => readonly string[];
  /** What stands behind the last line feed; empty when nothing does. */
  readonly rest: () => string;
}

/** Of a line longer than `longest` characters only the beginning is kept: the whole of it may not fit in a string. */
export function createLineSplitter(longest: number): LineSplitter {
  let begun = '';
  return {
    take(piece) {
      const [first = '', ...others] = piece.split('\n');
      if (begun.length <= longest) begun += first;
      const last = others.pop();
      if (last === undefined) return [];
      const lines = [begun, ...others];
      begun = last;
      return lines;
    },
    rest: () => begun,
  };
}
